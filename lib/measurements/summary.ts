import { checkInteger } from "../data/check_integer.ts";

/** Values counted in bins of one width. */
export interface Histogram {
  /** Lower end of the first bin. */
  readonly low: number;
  /** Upper end of the last bin, which belongs to it. */
  readonly high: number;
  /**
   * Share of the values in each bin, from the lowest; together 1 less what lies
   * outside of them.
   */
  readonly shares: readonly number[];
}

/** How values are spread. */
export interface Summary {
  readonly mean: number;
  /** Standard deviation. */
  readonly deviation: number;
  /** The value that 98% are not above: {@linkcode percentile} of 98. */
  readonly percentile98: number;
  readonly histogram: Histogram;
}

/** Bins of a histogram. */
export interface Bins {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/**
 * Mean, standard deviation, 98 percentile and normalised histogram, as Glorot and
 * Bengio 2010 show of activations and gradients (Figs. 2 to 4, 6 and 7).
 *
 * @throws {RangeError} If there are no values.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { summarise } from "./summary.ts";
 *
 * const bins = { low: 0, high: 4, count: 2 };
 * const summary = summarise(Float32Array.of(0, 1, 3, 4), bins);
 * assertEquals([summary.mean, summary.percentile98], [2, 3.94]);
 * assertEquals(summary.histogram.shares, [0.5, 0.5]);
 * ```
 */
export function summarise(values: Float32Array, bins: Bins): Summary {
  if (values.length === 0) {
    throw new RangeError("Expected values to summarise but found none");
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    deviation: Math.sqrt(squares / values.length),
    percentile98: percentile(values, 98),
    histogram: histogram(values, bins),
  };
}

/**
 * The value that a percentage of the values lie below, between the two nearest
 * ones in proportion: of `n` values in order that at `percent / 100 * (n - 1)`.
 */
export function percentile(values: Float32Array, percent: number): number {
  const sorted = values.toSorted();
  const place = percent / 100 * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * The share of values in each of some bins.
 *
 * @throws {RangeError} If there is no bin, or `low` is not below `high`.
 */
export function histogram(
  values: Float32Array,
  { low, high, count }: Bins,
): Histogram {
  checkInteger(count, "count", 1);
  if (!(low < high)) {
    throw new RangeError(
      `Expected low to be less than high but found ${low} and ${high}`,
    );
  }
  const counts = new Array<number>(count).fill(0);
  for (const value of values) {
    if (!(value >= low && value <= high)) continue;
    const bin = Math.floor((value - low) / (high - low) * count);
    counts[Math.min(bin, count - 1)]! += 1;
  }
  return { low, high, shares: counts.map((found) => found / values.length) };
}
