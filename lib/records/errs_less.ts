/**
 * Standard deviation between seeds, in points of per cent, that is taken where
 * no network has two of them.
 */
export const ASSUMED_DEVIATION = 2;

/** What runs say of an order: that it holds, that it does not, or neither. */
export type Holds = boolean | "cannot tell";

/** The mean error of some runs. */
export interface MeanError {
  /** In per cent. */
  readonly error: number;
  /** From how many seeds. Default 1. */
  readonly runs?: number;
}

/**
 * The standard error of the difference of two means, over `m` and `n` seeds that
 * differ by a standard deviation `s`: `s sqrt(1/m + 1/n)`.
 *
 * @example Of one run each
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { standardErrorOfDifference } from "./errs_less.ts";
 *
 * assertAlmostEquals(standardErrorOfDifference(2, 1, 1), Math.sqrt(8));
 * ```
 */
export function standardErrorOfDifference(
  deviation: number,
  m: number,
  n: number,
): number {
  return deviation * Math.sqrt(1 / m + 1 / n);
}

/**
 * Whether one network errs less than another. A difference of less than two
 * standard errors (see {@linkcode standardErrorOfDifference}) cannot tell.
 *
 * @param deviation `s`, in points of per cent.
 *
 * @example Of one run each
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { errsLess } from "./errs_less.ts";
 *
 * assertEquals(errsLess({ error: 36 }, { error: 47.3 }), true);
 * assertEquals(errsLess({ error: 36 }, { error: 39.3 }), "cannot tell");
 * ```
 */
export function errsLess(
  lower: MeanError,
  higher: MeanError,
  deviation: number = ASSUMED_DEVIATION,
): Holds {
  const { runs: m = 1 } = lower;
  const { runs: n = 1 } = higher;
  const standardError = standardErrorOfDifference(deviation, m, n);
  const difference = higher.error - lower.error;
  if (Math.abs(difference) < 2 * standardError) return "cannot tell";
  return difference > 0;
}
