import type { Network } from "../networks/layer.ts";
import { countParameters } from "../networks/parameters.ts";
import type { RunRecord } from "./schema.ts";

/** Which records {@linkcode comparableSeeds} looks for. */
export interface ComparableSeedsOptions {
  readonly networks: readonly Network[];
  readonly preset: RunRecord["preset"];
  /** The data set's name. */
  readonly data: string;
}

/** The runs of a network that differ in their seeds. */
export interface SeededRuns {
  readonly network: Network;
  /** In the order of the seeds; none if there is no such run. */
  readonly records: readonly RunRecord[];
}

/**
 * Lab records that can be compared, of all seeds: runs that went to their end,
 * on the same images, by one recipe. Where there are several such sets it is the
 * one of the most networks, of these that of the most runs, and of these the
 * newest. {@linkcode meanAndSpread} takes a network's.
 *
 * @param records Any records, such as all of a folder.
 * @returns A row for each network, in their order, also where there is no run.
 */
export function comparableSeeds(
  records: readonly RunRecord[],
  { networks, preset, data }: ComparableSeedsOptions,
): SeededRuns[] {
  const parameters = networks.map(countParameters);
  const isOf = ({ network }: RunRecord, i: number) =>
    network.name === networks[i]?.name && network.parameters === parameters[i];
  const whole = records
    .filter((record) =>
      record.preset === preset && record.data.name === data &&
      record.stoppedBy === "steps" && record.startedFrom === undefined &&
      networks.some((_, i) => isOf(record, i))
    )
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  // The newest first, so that of sets of the same size the newest stays first.
  const sets = [...Map.groupBy(whole, conditionsOf).values()]
    .map((set) =>
      networks.map((network, i) => ({
        network,
        records: newestOfSeeds(set.filter((record) => isOf(record, i))),
      }))
    );
  const [best] = sets.toSorted((a, b) =>
    networksIn(b) - networksIn(a) || runsIn(b) - runsIn(a)
  );
  return best ?? networks.map((network) => ({ network, records: [] }));
}

/** The newest record of each seed, of records with the newest first. */
function newestOfSeeds(records: readonly RunRecord[]): RunRecord[] {
  return [...Map.groupBy(records, ({ seed }) => seed).values()]
    .map(([newest]) => newest!)
    .toSorted((a, b) => a.seed - b.seed);
}

function networksIn(set: readonly SeededRuns[]): number {
  return set.filter(({ records }) => records.length > 0).length;
}

function runsIn(set: readonly SeededRuns[]): number {
  return set.reduce((sum, { records }) => sum + records.length, 0);
}

/** What must be the same for runs to be compared. */
function conditionsOf({ data, hyperparameters }: RunRecord): string {
  return JSON.stringify([data.checksum, hyperparameters]);
}
