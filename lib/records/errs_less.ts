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
 * Whether one network errs less than another. Means over `m` and `n` seeds,
 * which differ by a standard deviation `s`, differ by chance with the standard
 * error `s sqrt(1/m + 1/n)`; a difference of less than two of these cannot tell.
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
  const standardError = deviation * Math.sqrt(1 / m + 1 / n);
  const difference = higher.error - lower.error;
  if (Math.abs(difference) < 2 * standardError) return "cannot tell";
  return difference > 0;
}
