import type { RunRecord } from "./schema.ts";

/** Which records {@linkcode comparableRecords} looks for. */
export interface Comparable {
  /** The networks' names. */
  readonly networks: readonly string[];
  readonly preset: RunRecord["preset"];
  /** The data set's name. */
  readonly data: string;
}

/**
 * Lab records that can be compared: runs that went to their end, on the same
 * images, by one recipe, from one seed. Where there are several such sets, it
 * is the one of the most networks, and of these the newest; where a network
 * has several runs in it, the newest.
 *
 * @param records Any records, such as all of a folder.
 * @returns A record for each network that has one, in the order of `networks`.
 */
export function comparableRecords(
  records: readonly RunRecord[],
  { networks, preset, data }: Comparable,
): RunRecord[] {
  const whole = records
    .filter((record) =>
      record.preset === preset && record.data.name === data &&
      record.stoppedBy === "steps" && record.startedFrom === undefined
    )
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  // The newest first, so that of sets of the same size the newest stays first.
  const sets = Map.groupBy(whole, conditionsOf).values();
  return Array.from(
    sets,
    (set) =>
      networks.flatMap((name) =>
        set.find(({ network }) => network.name === name) ?? []
      ),
  ).toSorted((a, b) => b.length - a.length)[0] ?? [];
}

/** What must be the same for runs to be compared. */
function conditionsOf({ data, hyperparameters, seed }: RunRecord): string {
  return JSON.stringify([data.checksum, hyperparameters, seed]);
}
