import { imagesSeen } from "./images_seen.ts";
import { newestBySeed } from "./newest_by_seed.ts";
import type { RunRecord } from "./schema.ts";

/**
 * All runs that went to their end, put together as `meanAndSpread` takes them:
 * a set has one network, one recipe, one data set and a run for each seed (of
 * several from one seed the newest). A run that was stopped, or that went on
 * from another, is in none.
 *
 * @param records Any records, such as all of a folder.
 * @returns The sets, those of most images first, then by the network's name.
 *
 * @example Nothing is in no set
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runSets } from "./run_sets.ts";
 *
 * assertEquals(runSets([]), []);
 * ```
 */
export function runSets(records: readonly RunRecord[]): RunRecord[][] {
  const whole = records
    .filter(({ stoppedBy, startedFrom }) =>
      stoppedBy === "steps" && startedFrom === undefined
    )
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const sets = Map.groupBy(
    whole,
    ({ network, data, hyperparameters }) =>
      JSON.stringify([
        ...[network.name, network.parameters],
        ...[data.checksum, hyperparameters],
      ]),
  );
  return Array.from(sets.values(), newestBySeed).toSorted(([a], [b]) =>
    imagesSeen(b!) - imagesSeen(a!) ||
    a!.network.name.localeCompare(b!.network.name)
  );
}
