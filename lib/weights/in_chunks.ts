/** Bytes that are written at once, about. */
const CHUNK = 2 ** 20;

/**
 * The same bytes in fewer pieces: small ones together, since each piece of a
 * stream is a write of its own, and a deep network has thousands of tensors. A
 * large one stays as it is.
 *
 * @param most Bytes of pieces that are put together, at most.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { inChunks } from "./in_chunks.ts";
 *
 * const parts = [[1, 2], [3], [], [4, 5, 6, 7], [8]].map((part) =>
 *   Uint8Array.from(part)
 * );
 * assertEquals(
 *   Array.from(inChunks(parts, 3), (chunk) => [...chunk]),
 *   [[1, 2, 3], [4, 5, 6, 7], [8]],
 * );
 * ```
 */
export function* inChunks(
  parts: Iterable<Uint8Array>,
  most: number = CHUNK,
): Generator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for (const part of parts) {
    if (length > 0 && length + part.length > most) {
      yield together(waiting, length);
      [waiting, length] = [[], 0];
    }
    waiting.push(part);
    length += part.length;
  }
  if (length > 0) yield together(waiting, length);
}

function together(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
