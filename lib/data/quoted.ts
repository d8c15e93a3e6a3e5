/**
 * A value as an error shows it: a text in quotes, so that "20" does not pass for
 * 20.
 *
 * @example Usage
 * ```ts
 * import { quoted } from "./quoted.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([20, "20", undefined].map(quoted), ["20", '"20"', "undefined"]);
 * ```
 */
export function quoted(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
