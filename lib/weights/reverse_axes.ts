/** Values of the first axis that are moved together, so that caches help. */
const BLOCK = 16;

/**
 * Changes the order of an array's three axes from `[a, b, c]` to `[c, b, a]`.
 * It is what lies between PyTorch's kernels, `[outputs, inputs, pixels]`, and
 * ours, `[pixels, inputs, outputs]`, in either direction.
 *
 * @param values Of shape `[a, b, c]`, the last axis fastest.
 * @returns A copy of shape `[c, b, a]`.
 *
 * @example A matrix is transposed
 * ```ts
 * import { reverseAxes } from "./reverse_axes.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const values = Float32Array.of(1, 2, 3, 4, 5, 6);
 * assertEquals([...reverseAxes(values, [2, 1, 3])], [1, 4, 2, 5, 3, 6]);
 * ```
 */
export function reverseAxes(
  values: Float32Array,
  [a, b, c]: readonly [a: number, b: number, c: number],
): Float32Array {
  const reversed = new Float32Array(values.length);
  for (let from = 0; from < a; from += BLOCK) {
    const to = Math.min(from + BLOCK, a);
    for (let j = 0; j < b; j++) {
      for (let k = 0; k < c; k++) {
        const row = (k * b + j) * a;
        for (let i = from; i < to; i++) {
          reversed[row + i] = values[(i * b + j) * c + k]!;
        }
      }
    }
  }
  return reversed;
}
