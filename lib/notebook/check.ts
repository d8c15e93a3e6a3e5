/**
 * Checks a statement of a notebook: prints it with a tick if it holds, and
 * fails the cell, naming it, if it does not.
 *
 * @example Usage
 * ```ts
 * import { check } from "./check.ts";
 * import { assertThrows } from "@std/assert";
 *
 * check("two and two are four", 2 + 2 === 4);
 * assertThrows(
 *   () => check("deeper is better", 41 < 30, "41 % against 30 %"),
 *   Error,
 *   "Expected that deeper is better but found 41 % against 30 %",
 * );
 * ```
 *
 * @param description The statement, as words that follow "that".
 * @param condition Whether it holds.
 * @param detail What was found, with its figures.
 * @throws {Error} If it does not hold.
 */
export function check(
  description: string,
  condition: boolean,
  detail?: string,
): asserts condition {
  if (!condition) {
    throw new Error(
      `Expected that ${description} but found ${
        detail ?? "that this does not hold"
      }`,
    );
  }
  console.log(`✓ ${description}${detail ? ` (${detail})` : ""}`);
}
