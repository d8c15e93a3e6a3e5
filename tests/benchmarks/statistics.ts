/** The middle one of `values`, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle] ?? NaN;
  return (lower + upper) / 2;
}

/** Bounds of a value. */
export interface Interval {
  readonly least: number;
  readonly most: number;
}

/** A median with the smallest and the largest value. */
export interface Spread extends Interval {
  readonly median: number;
}

/** The median of `values` and how far they spread. */
export function spread(values: readonly number[]): Spread {
  return {
    median: median(values),
    least: Math.min(...values),
    most: Math.max(...values),
  };
}

/**
 * Bounds that hold the median of what `values` are a sample of, in at least 95
 * of 100 cases: the `i`th smallest and the `i`th largest value, where `i` is the
 * largest number for which fewer than `i` of `n` tosses of a coin come up heads
 * in at most 2.5 % of cases. Fewer than six values have no such bounds: all of
 * them lie between what is given then.
 */
export function medianInterval(values: readonly number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const count = sorted.length;
  let place = 0;
  let term = 0.5 ** count; // of the binomial distribution
  let below = term;
  while (below <= 0.025) {
    place++;
    term *= (count - place + 1) / place;
    below += term;
  }
  const outer = Math.max(place - 1, 0);
  return {
    least: sorted[outer] ?? NaN,
    most: sorted[count - 1 - outer] ?? NaN,
  };
}

/** `theirs / ours`, round by round: above 1 where ours is faster. */
export function pairedRatios(
  theirs: readonly number[],
  ours: readonly number[],
): number[] {
  return theirs.flatMap((time, round) => {
    const own = ours[round];
    return own === undefined ? [] : [time / own];
  });
}

/** The straight line `y = offset + slope * x` nearest to points. */
export interface LinearFit {
  readonly offset: number;
  readonly slope: number;
  /** Part of the variance of `y` that the line explains, 1 at most. */
  readonly rSquared: number;
}

/** Fits a straight line to points by least squares. */
export function fitLine(
  points: readonly (readonly [x: number, y: number])[],
): LinearFit {
  const mean = (values: number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const sum = (term: (dx: number, dy: number) => number) =>
    points.reduce((total, [x, y]) => total + term(x - meanX, y - meanY), 0);
  const slope = sum((dx, dy) => dx * dy) / sum((dx) => dx * dx);
  const unexplained = sum((dx, dy) => (dy - slope * dx) ** 2);
  return {
    slope,
    offset: meanY - slope * meanX,
    rSquared: 1 - unexplained / sum((_, dy) => dy * dy),
  };
}
