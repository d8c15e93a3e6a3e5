import type { TrainingData } from "../data/training_data.ts";
import { countParameters } from "../networks/parameters.ts";
import { readRecord } from "../records/read_record.ts";
import {
  changesOf,
  type RecipeChanges,
  type RunSpec,
} from "../records/run_spec.ts";
import type { RunRecord } from "../records/schema.ts";
import { recipeName } from "../training/recipes.ts";
import { recipeOf } from "./hyperparameters.ts";
import { runChecksum } from "./lab_run.ts";
import { dataName, networkFor } from "./named_run.ts";
import { type Preset, PRESETS } from "../training/preset_names.ts";
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
 * are others, or what it says does not make the run that it is of.
 */
export async function rerun(
  file: string,
  options: Omit<RunNamedOptions, "dataset"> & {
    readonly datasetOf: (name: string) => Promise<TrainingData>;
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
  await checkIdentity(run, before, dataset);
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
 * What makes a record's run again: its names with all of its own settings, since
 * a preset may have others today. One whose network was made by hand, or that is
 * from before networks had names, has a network such as "ResNet-20" and R15's
 * recipe.
 *
 * @throws {Error} If it went on from another run, or its data set has no name.
 */
export function specOf(record: RunRecord): RunSpec {
  const { id, startedFrom, hyperparameters } = record;
  if (startedFrom !== undefined) {
    throw new Error(
      `Expected a run from drawn values but ${id} went on from ${startedFrom}`,
    );
  }
  return {
    ...record.run ?? namesOf(record),
    ...structuredClone(recipeOf(hyperparameters)) as RecipeChanges,
  };
}

function namesOf(record: RunRecord): RunSpec {
  const { id, network, seed } = record;
  const data = dataName(record.data);
  if (data === undefined) {
    throw new Error(
      `Expected the data set of ${id} to be one that a name loads but found ${record.data.name}`,
    );
  }
  return {
    network: network.name.toLowerCase(),
    recipe: "cifar",
    preset: presetIn(record),
    ...{ data, seed },
  };
}

/** The preset that a run is, or that it began as: its record's name has it. */
function presetIn({ preset, id }: RunRecord): Preset {
  if (preset !== "custom") return preset;
  return PRESETS.find((name) => id.includes(`-${name}-custom-seed`)) ?? "study";
}

/** A record without names may have another network of the same name. */
function checkNetwork(
  { network }: RunSpec,
  { id, network: { name, parameters } }: RunRecord,
  dataset: TrainingData,
): void {
  const found = networkFor(network, dataset);
  if (found.name === name && countParameters(found) === parameters) return;
  throw new Error(
    `Expected ${network} to be the network of ${id}, ${name} of ${parameters} parameters, but found ${found.name} of ${
      countParameters(found)
    }`,
  );
}

/** @throws {Error} If what makes the run again makes another one. */
async function checkIdentity(
  run: RunSpec,
  { id, identity }: RunRecord,
  dataset: TrainingData,
): Promise<void> {
  if (identity === undefined) return;
  const { network, preset, seed } = run;
  const found = await runChecksum({
    ...{ network, dataset, preset, seed },
    recipeName: recipeName(run.recipe),
    recipe: changesOf(run),
  });
  if (found === identity) return;
  throw new Error(
    `Expected what ${id} says to make a run with its checksum ${identity} but found ${found}: the record lacks a setting, was changed, or is of another version`,
  );
}
