import type { Random } from "../data/random.ts";

/**
 * Rows of length 1 at right angles to each other, all such sets equally likely:
 * normally distributed ones from which their shares in the rows before are
 * taken away (Gram and Schmidt).
 *
 * @param count Number of rows, at most `length`.
 * @param length Number of columns.
 * @returns The rows one after another.
 */
export function orthogonalRows(
  count: number,
  length: number,
  random: Random,
): Float64Array {
  const rows = Float64Array.from(
    { length: count * length },
    () => random.normal(),
  );
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * length, (i + 1) * length);
    // Twice: what rounding leaves over the first time is gone then.
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const before = rows.subarray(j * length, (j + 1) * length);
        addScaled(row, before, -dot(row, before));
      }
    }
    const size = Math.sqrt(dot(row, row));
    for (let k = 0; k < length; k++) row[k] = (row[k] ?? 0) / size;
  }
  return rows;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(
  target: Float64Array,
  source: Float64Array,
  factor: number,
): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * source[i]!;
}
