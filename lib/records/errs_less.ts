import { mean } from "./mean.ts";

/**
 * Standard deviation between seeds, in points of per cent, that is taken where
 * no network has two of them: a guess.
 */
export const ASSUMED_DEVIATION = 2;

/** Of how many standard errors a difference has to be to count. */
export const LEAST_ERRORS = 2;

/** What runs say of an order: that it holds, that it does not, or neither. */
export type Holds = boolean | "cannot tell";

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
 * Whether one network errs less than another, by the means of their runs. A
 * difference of less than two standard errors (see
 * {@linkcode standardErrorOfDifference}) cannot tell.
 *
 * @param lower Errors in per cent of the network that should err less, one a
 * seed.
 * @param higher Those of the other.
 * @param deviation `s`, in points of per cent, as `seedDeviation` has it. Where
 * it is `null`, not known, {@linkcode ASSUMED_DEVIATION} is taken.
 * @throws {RangeError} If a network has no errors.
 *
 * @example Of one run each, and of three
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { errsLess } from "./errs_less.ts";
 * import { pooledDeviation } from "./pooled_deviation.ts";
 *
 * assertEquals(errsLess([36], [47.3], null), true);
 * assertEquals(errsLess([36], [39.3], null), "cannot tell");
 *
 * const [a, b] = [[35.7, 36, 36.3], [39.0, 39.3, 39.6]];
 * assertEquals(errsLess(a, b, pooledDeviation([a, b])), true);
 * ```
 */
export function errsLess(
  lower: readonly number[],
  higher: readonly number[],
  deviation: number | null,
): Holds {
  if (lower.length === 0 || higher.length === 0) {
    throw new RangeError("Expected errors of both networks but found none");
  }
  const standardError = standardErrorOfDifference(
    deviation ?? ASSUMED_DEVIATION,
    lower.length,
    higher.length,
  );
  const difference = mean(higher) - mean(lower);
  if (Math.abs(difference) < LEAST_ERRORS * standardError) return "cannot tell";
  return difference > 0;
}
