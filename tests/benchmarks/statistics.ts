/** The middle one of `values`, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle] ?? NaN;
  return (lower + upper) / 2;
}

/** A median with the smallest and the largest value. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** The median of `values` and how far they spread. */
export function spread(values: readonly number[]): Spread {
  return {
    median: median(values),
    least: Math.min(...values),
    most: Math.max(...values),
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
