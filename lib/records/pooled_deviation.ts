import { meanAndSpread } from "./mean_and_spread.ts";
import type { RunRecord } from "./schema.ts";

/**
 * How much a number differs from seed to seed, over several networks that are
 * taken to spread alike: `sqrt(sum((n_i - 1) s_i^2) / sum(n_i - 1))` of sets of
 * `n_i` runs with the standard deviations `s_i`. Two or three seeds of one
 * network give its deviation badly; those of ten networks together do better.
 *
 * @param sets Sets of runs as of `meanAndSpread`; those of one run count for
 * nothing.
 * @param valueOf The number. Default the final test error in per cent.
 * @returns The deviation; `null` if no set has two runs.
 *
 * @example One run has no spread
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pooledDeviation } from "./pooled_deviation.ts";
 *
 * assertEquals(pooledDeviation([]), null);
 * ```
 */
export function pooledDeviation(
  sets: readonly (readonly RunRecord[])[],
  valueOf?: (record: RunRecord) => number | null,
): number | null {
  const several = sets.filter(({ length }) => length > 1)
    .map((set) => meanAndSpread(set, valueOf));
  if (several.length === 0) return null;
  let squares = 0;
  let freedom = 0;
  for (const { deviation, runs } of several) {
    squares += (runs - 1) * deviation! ** 2;
    freedom += runs - 1;
  }
  return Math.sqrt(squares / freedom);
}
