import { imagesSeen } from "./images_seen.ts";
import { newestBySeed } from "./newest_by_seed.ts";
import type { RunRecord } from "./schema.ts";

/** Which records {@linkcode comparableSeeds} looks for. */
export interface ComparableSeeds {
  /** The networks' names. */
  readonly networks: readonly string[];
  /** The data set's name. */
  readonly data: string;
  /** Runs of fewer steps do not count. Default 1. */
  readonly leastSteps?: number;
}

/**
 * Lab records that can be compared, over seeds: runs that went to their end, on
 * the same images, by one recipe; a look at the first steps (the preset "smoke")
 * is none. Where there are several such sets, it is the one of the most
 * networks, of these the one of the longest runs (see {@linkcode imagesSeen}), of
 * these the newest. Of a network's runs from one seed it is the newest.
 *
 * @param records Any records, such as all of a folder.
 * @returns A list for each network with a record, in the order of `networks`:
 * its records by seed, as `meanAndSpread` takes them.
 */
export function comparableSeeds(
  records: readonly RunRecord[],
  { networks, data, leastSteps = 1 }: ComparableSeeds,
): RunRecord[][] {
  const whole = records
    .filter((record) =>
      record.preset !== "smoke" && record.data.name === data &&
      record.stoppedBy === "steps" && record.startedFrom === undefined &&
      record.hyperparameters.steps >= leastSteps &&
      networks.includes(record.network.name)
    )
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const sets = Map.groupBy(
    whole,
    ({ data, hyperparameters }) =>
      JSON.stringify([data.checksum, hyperparameters]),
  );
  const found = Array.from(sets.values(), (set) =>
    networks.flatMap((name) => {
      const [newest, ...others] = set
        .filter(({ network }) => network.name === name);
      if (newest === undefined) return [];
      // Two networks may have one name: what counts is the newest run's.
      const same = others.filter(({ network }) =>
        network.parameters === newest.network.parameters
      );
      return [newestBySeed([newest, ...same])];
    }));
  const length = ([runs]: RunRecord[][]) => runs ? imagesSeen(runs[0]!) : 0;
  // Sets are in the order of their newest runs, and sets alike stay in it.
  const [best = []] = found.toSorted((a, b) =>
    b.length - a.length || length(b) - length(a)
  );
  return best;
}
