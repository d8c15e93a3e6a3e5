import type { RunRecord } from "./schema.ts";

/**
 * Of each seed's records the newest, by seed.
 *
 * @param runs Records of one network and recipe, the newest first.
 */
export function newestBySeed(runs: readonly RunRecord[]): RunRecord[] {
  const bySeed = Map.groupBy(runs, ({ seed }) => seed);
  return Array.from(bySeed.values(), ([newest]) => newest!)
    .toSorted((a, b) => a.seed - b.seed);
}
