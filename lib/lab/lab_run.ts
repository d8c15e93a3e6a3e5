import type { BackendInUse } from "../backends/use_backend.ts";
import {
  vectorInstructions,
  withInstructions,
} from "../backends/vector_instructions.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import type { TrainingData } from "../data/training_data.ts";
import type { Network } from "../networks/layer.ts";
import type { Model } from "../networks/model.ts";
import { countParameters } from "../networks/parameters.ts";
import { equal } from "@std/assert";
import { addRecord } from "../records/add_record.ts";
import { listRecords } from "../records/list_records.ts";
import type { RunRecord } from "../records/schema.ts";
import type { Recipe } from "../training/recipe.ts";
import type { RecipeName } from "../training/recipes.ts";
import { identityChecksum, runIdentity } from "../training/run_identity.ts";
import { train, type TrainOptions } from "../training/train.ts";
import { hyperparametersOf } from "./hyperparameters.ts";
import { networkFor, specOfRun } from "./named_run.ts";
import { recordOf } from "./record_of.ts";
import type { Preset } from "../training/preset_names.ts";
import { presetOf, trainingPreset } from "./presets.ts";

/** What {@linkcode labRun} trains. */
export interface LabRunOptions extends
  Pick<
    TrainOptions,
    "onProgress" | "onStep" | "stopRequested" | "secondsBudget" | "checkpoints"
  > {
  /**
   * A network, or its name (see {@linkcode networkByName}). With a name the
   * record has all that it takes to make the run again.
   */
  readonly network: Network | string;
  readonly dataset: TrainingData;
  /**
   * The name that the data set was loaded by, for the record; needed where its
   * own does not tell, as of a folder of images.
   */
  readonly data?: string;
  readonly preset: Preset;
  /** Which of {@linkcode RECIPES}. Default "cifar", R15's. */
  readonly recipeName?: RecipeName;
  /**
   * Settings to use in place of the preset's. A record of such a run names the
   * preset "custom".
   */
  readonly recipe?: Partial<Recipe>;
  /**
   * A network whose values to go on from; it stays as it is. A record of such a
   * run says so, and names the preset "custom".
   */
  readonly model?: Model;
  /** What `model` is, in words for the record. Default "a given network". */
  readonly startedFrom?: string;
  /** Default 0. */
  readonly seed?: number;
  readonly backend: BackendInUse;
  /** Folder of the records. Default `data/runs`. */
  readonly directory?: string;
}

const OPTIONS: OptionNames<LabRunOptions> = {
  onProgress: true,
  onStep: true,
  stopRequested: true,
  secondsBudget: true,
  checkpoints: true,
  network: true,
  dataset: true,
  data: true,
  preset: true,
  recipeName: true,
  recipe: true,
  model: true,
  startedFrom: true,
  seed: true,
  backend: true,
  directory: true,
};

/** A run that was trained here, with its record. */
export interface LabRun {
  readonly record: RunRecord;
  /** File of the record. */
  readonly path: string;
  /** The trained network; the caller disposes of it. */
  readonly model: Model;
}

/**
 * Trains a network at a preset and leaves a lab record, in a file of its own. A
 * run that goes on from a checkpoint writes to the record that it left when it
 * was stopped; no other is replaced.
 *
 * @throws {TypeError} If an option is none of those that there are.
 */
export async function labRun(options: LabRunOptions): Promise<LabRun> {
  checkOptions(options, OPTIONS);
  const { dataset, preset, seed = 0, backend, model } = options;
  const { recipeName = "cifar" } = options;
  const network = networkFor(options.network, dataset);
  const { recipe, ...points } = trainingPreset(
    preset,
    options.recipe,
    recipeName,
  );
  const { startedFrom = model && "a given network" } = options;
  const { directory, onProgress, onStep, stopRequested } = options;
  const { secondsBudget, checkpoints } = options;
  const result = await train({
    network,
    dataset,
    recipe,
    seed,
    ...points,
    ...model && { model },
    ...onProgress && { onProgress },
    ...onStep && { onStep },
    ...stopRequested && { stopRequested },
    ...secondsBudget !== undefined && { secondsBudget },
    ...checkpoints && {
      checkpoints: {
        machine: describePlace(backend),
        ...checkpoints,
      },
    },
  });
  try {
    const run = model ? undefined : specOfRun({
      ...options,
      ...{ recipeName, seed, changes: options.recipe },
    });
    const settings = {
      ...{ network, dataset, recipe, recipeName, preset, seed, backend },
      ...run && { run },
      ...startedFrom && { startedFrom },
    };
    const { record, path } = await addRecord(
      await recordOf(settings, result),
      directory,
      { resumed: result.resumed },
    );
    return { record, path, model: result.model };
  } catch (error) {
    result.model.dispose();
    throw error;
  }
}

/** What {@linkcode findRun} and {@linkcode runChecksum} know a run by. */
export type RunKey = Pick<
  LabRunOptions,
  "network" | "dataset" | "preset" | "recipeName" | "recipe" | "seed"
>;

/** What a run's last bits depend on: TensorFlow's kernels differ by CPU. */
function describePlace({ name, device, engine }: BackendInUse): string {
  const instructions = name === "tensorflow" && device.startsWith("CPU")
    ? vectorInstructions()
    : undefined;
  return `${withInstructions(device, instructions)} with ${engine}`;
}

/**
 * A checksum of all that the numbers of a run depend on but the machine, as its
 * record has it.
 */
export async function runChecksum(options: RunKey): Promise<string> {
  const { dataset, preset, seed = 0, recipeName } = options;
  const network = networkFor(options.network, dataset);
  const points = trainingPreset(preset, options.recipe, recipeName);
  return identityChecksum(
    await runIdentity({ network, dataset, seed, ...points }),
  );
}

/**
 * The newest record of a run that went to its end, or `undefined` if there is
 * none: look before you train. Files in the folder that are no records are left
 * out, with a warning.
 *
 * @param options `endings`: which ends count. Default "steps" alone.
 */
export async function findRun(
  options: RunKey & {
    readonly directory?: string;
    readonly endings?: readonly RunRecord["stoppedBy"][];
  },
): Promise<RunRecord | undefined> {
  const { dataset, preset, seed = 0, directory, recipeName } = options;
  const { endings = ["steps"] } = options;
  const network = networkFor(options.network, dataset);
  const records = await listRecords(directory);
  const { recipe } = trainingPreset(preset, options.recipe, recipeName);
  const identity = await runChecksum(options);
  return records
    .filter((record) =>
      // Records from before there were checksums of runs have none.
      (record.identity ?? identity) === identity &&
      record.network.name === network.name &&
      record.network.parameters === countParameters(network) &&
      equal(record.hyperparameters, hyperparametersOf(recipe)) &&
      record.data.checksum === dataset.checksum &&
      record.preset === presetOf(recipe, preset, recipeName) &&
      record.startedFrom === undefined &&
      record.seed === seed &&
      endings.includes(record.stoppedBy)
    )
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
    .at(-1);
}
