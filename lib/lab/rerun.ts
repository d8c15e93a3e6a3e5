import type { Dataset } from "../data/dataset.ts";
import { countParameters } from "../networks/parameters.ts";
import { readRecord } from "../records/read_record.ts";
import type { RunSpec } from "../records/run_spec.ts";
import type { RunRecord } from "../records/schema.ts";
import { dataName, networkFor } from "./named_run.ts";
import { recordDifference } from "./record_difference.ts";
import { runNamed, type RunNamedOptions } from "./run_named.ts";

/** A run that was made again. */
export interface Rerun {
  readonly record: RunRecord;
  /** Whether curves and final errors are the same. */
  readonly same: boolean;
  /** What came out, in words. */
  readonly lines: readonly string[];
}

/**
 * Makes a record's run again, leaves a record of that too, and says what
 * differs. On the same machine with the same versions nothing does; a GPU may
 * add in another order.
 *
 * @param file The record's.
 * @throws {Error} If the record does not have all that it takes, or the images
 * are others.
 */
export async function rerun(
  file: string,
  options: Omit<RunNamedOptions, "dataset"> & {
    readonly datasetOf: (name: string) => Promise<Dataset>;
  },
): Promise<Rerun> {
  const { datasetOf, ...rest } = options;
  const before = await readRecord(file);
  const run = specOf(before);
  const dataset = await datasetOf(run.data);
  if (dataset.checksum !== before.data.checksum) {
    throw new Error(
      `Expected the images of ${before.id}, ${before.data.name} with the checksum ${before.data.checksum}, but found ${dataset.name} with ${dataset.checksum}`,
    );
  }
  checkNetwork(run, before, dataset);
  const checkpoints = await Deno.makeTempDir();
  try {
    const made = await runNamed(run, { ...rest, dataset, checkpoints });
    const record = await readRecord(made.path!);
    const { same, lines } = recordDifference(before, record);
    return { record, same, lines: [...lines, `The new record: ${made.path}`] };
  } finally {
    await Deno.remove(checkpoints, { recursive: true });
  }
}

/**
 * What makes a record's run again. Records from before networks had names have
 * a network such as "ResNet-20" and R15's recipe.
 *
 * @throws {Error} If it went on from another run.
 */
export function specOf(record: RunRecord): RunSpec {
  const { id, startedFrom, network, hyperparameters, seed } = record;
  if (startedFrom !== undefined) {
    throw new Error(
      `Expected a run from drawn values but ${id} went on from ${startedFrom}`,
    );
  }
  if (record.run !== undefined) return record.run;
  const { batchSize, steps, learningRate, schedule, momentum, weightDecay } =
    hyperparameters;
  return {
    network: network.name.toLowerCase(),
    recipe: "cifar",
    preset: record.preset === "custom" ? "study" : record.preset,
    data: dataName(record.data),
    seed,
    ...{ batchSize, steps, learningRate, momentum, weightDecay },
    milestones: schedule.map(({ step }) => step),
    decayOn: hyperparameters.weightDecayOn,
  };
}

/** A record without names may have another network of the same name. */
function checkNetwork(
  { network }: RunSpec,
  { id, network: { name, parameters } }: RunRecord,
  dataset: Dataset,
): void {
  const found = networkFor(network, dataset);
  if (found.name === name && countParameters(found) === parameters) return;
  throw new Error(
    `Expected ${network} to be the network of ${id}, ${name} of ${parameters} parameters, but found ${found.name} of ${
      countParameters(found)
    }`,
  );
}
