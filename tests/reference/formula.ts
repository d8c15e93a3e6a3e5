import { fnv1a } from "../../lib/data/fnv1a.ts";
import type { TensorSpec } from "../../lib/networks/parameters.ts";

/**
 * The whole number below 2^32 at `index` of a sequence of its own for each
 * `first`: MurmurHash3's finaliser of a Weyl sequence.
 *
 * Here and in pytorch/formula.py, so that weights need not be kept.
 */
export function hashAt(first: number, index: number): number {
  let h = (first + Math.imul(index, 0x9e3779b9)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Values uniform about their mean, rounded to float32. */
export function uniform(
  name: string,
  size: number,
  { mean, deviation }: { readonly mean: number; readonly deviation: number },
): Float32Array<ArrayBuffer> {
  const half = deviation * Math.sqrt(3);
  const first = fnv1a(name);
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    values[i] = mean + half * (2 * (hashAt(first, i) / 2 ** 32) - 1);
  }
  return values;
}

/** Places in a tensor whose values are compared one by one. */
export function places(name: string, size: number, count: number): number[] {
  const first = fnv1a(name);
  return Array.from(
    { length: count },
    (_, i) => hashAt(first, size + i) % size,
  );
}

/**
 * A tensor's values: each role's such that all of them bear on the result.
 *
 * @param gain Kernels' variance is `gain^2 / fanIn`.
 */
export function tensorValues(
  { name, role, shape, fanIn }: TensorSpec,
  gain: number,
): Float32Array<ArrayBuffer> {
  const size = shape.reduce((a, b) => a * b, 1);
  return uniform(name, size, DISTRIBUTIONS[role](gain / Math.sqrt(fanIn)));
}

const DISTRIBUTIONS = {
  kernel: (deviation: number) => ({ mean: 0, deviation }),
  bias: () => ({ mean: 0, deviation: 0.1 }),
  scale: () => ({ mean: 1, deviation: 0.2 }),
  shift: () => ({ mean: 0, deviation: 0.2 }),
  slope: () => ({ mean: 0.25, deviation: 0.1 }),
  runningMean: () => ({ mean: 0, deviation: 0.2 }),
  runningVariance: () => ({ mean: 1, deviation: 0.25 }),
};
