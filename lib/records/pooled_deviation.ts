import { mean } from "./mean.ts";

/**
 * How much a number differs from seed to seed, over several networks that are
 * taken to spread alike: `sqrt(sum((n_i - 1) s_i^2) / sum(n_i - 1))` of sets of
 * `n_i` numbers with the standard deviations `s_i`. Two or three seeds of one
 * network give its deviation badly; those of ten networks together do better.
 *
 * @param sets The numbers of each network, one a seed, such as test errors in
 * per cent; sets of one or none count for nothing.
 * @returns The deviation, in the numbers' unit; `null` if no set has two.
 *
 * @example One run has no spread
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pooledDeviation } from "./pooled_deviation.ts";
 *
 * assertEquals(pooledDeviation([[36.1], [39.3]]), null);
 * assertEquals(pooledDeviation([[36, 38], [40, 42], [35]]), Math.sqrt(2));
 * ```
 */
export function pooledDeviation(
  sets: readonly (readonly number[])[],
): number | null {
  let squares = 0;
  let freedom = 0;
  for (const set of sets) {
    if (set.length === 0) continue;
    const middle = mean(set);
    for (const value of set) squares += (value - middle) ** 2;
    freedom += set.length - 1;
  }
  return freedom === 0 ? null : Math.sqrt(squares / freedom);
}
