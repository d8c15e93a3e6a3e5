import { sha256 } from "./hash.ts";

/**
 * The SHA-256 of a value's JSON, in hexadecimal, whatever the order of its
 * fields.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertNotEquals } from "@std/assert";
 * import { jsonChecksum } from "./json_checksum.ts";
 *
 * const checksum = jsonChecksum({ a: 1, b: [2, 3] });
 * assertEquals(jsonChecksum({ b: [2, 3], a: 1 }), checksum);
 * assertNotEquals(jsonChecksum({ a: 1, b: [3, 2] }), checksum);
 * ```
 */
export function jsonChecksum(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_, part) =>
      typeof part === "object" && part !== null && !Array.isArray(part)
        ? Object.fromEntries(
          Object.entries(part).toSorted(([a], [b]) => a < b ? -1 : 1),
        )
        : part,
  );
  return sha256(new TextEncoder().encode(text));
}
