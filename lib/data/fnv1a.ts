const encoder = new TextEncoder();

/**
 * The FNV-1a hash of a text's UTF-8 bytes, 32 bits (Fowler, Noll and Vo), to
 * name a stream of random numbers by a text.
 *
 * @example The published value for "foobar"
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fnv1a } from "./fnv1a.ts";
 *
 * assertEquals(fnv1a("foobar"), 0xbf9cf968);
 * ```
 */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash >>> 0;
}
