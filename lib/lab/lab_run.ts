import type { BackendInUse } from "../backends/use_backend.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Network } from "../networks/layer.ts";
import type { Model } from "../networks/model.ts";
import { countParameters } from "../networks/parameters.ts";
import { equal } from "@std/assert";
import { join } from "@std/path";
import { fileInfo } from "../data/file_info.ts";
import { listRecords } from "../records/list_records.ts";
import type { RunRecord } from "../records/schema.ts";
import { recordsDirectory } from "../records/records_directory.ts";
import { writeRecord } from "../records/write_record.ts";
import type { Recipe } from "../training/recipe.ts";
import { train, type TrainOptions } from "../training/train.ts";
import { hyperparametersOf, recordOf } from "./record_of.ts";
import { type Preset, presetOf, trainingPreset } from "./presets.ts";

/** What {@linkcode labRun} trains. */
export interface LabRunOptions extends
  Pick<
    TrainOptions,
    "onProgress" | "stopRequested" | "secondsBudget" | "checkpoints"
  > {
  readonly network: Network;
  readonly dataset: Dataset;
  readonly preset: Preset;
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

/** A run that was trained here, with its record. */
export interface LabRun {
  readonly record: RunRecord;
  /** File of the record. */
  readonly path: string;
  /** The trained network; the caller disposes of it. */
  readonly model: Model;
}

/**
 * Trains a network at a preset and leaves a lab record, in a file of its own:
 * no other record is replaced.
 */
export async function labRun(options: LabRunOptions): Promise<LabRun> {
  const { network, dataset, preset, seed = 0, backend, model } = options;
  const { recipe, ...points } = trainingPreset(preset, options.recipe);
  const { startedFrom = model && "a given network" } = options;
  const { directory, onProgress, stopRequested, secondsBudget, checkpoints } =
    options;
  const result = await train({
    network,
    dataset,
    recipe,
    seed,
    ...points,
    ...model && { model },
    ...onProgress && { onProgress },
    ...stopRequested && { stopRequested },
    ...secondsBudget !== undefined && { secondsBudget },
    ...checkpoints && { checkpoints },
  });
  try {
    const settings = { network, dataset, recipe, preset, seed, backend };
    const record = await underFreeName(
      await recordOf(
        { ...settings, ...startedFrom && { startedFrom } },
        result,
      ),
      directory,
    );
    const path = await writeRecord(record, directory);
    return { record, path, model: result.model };
  } catch (error) {
    result.model.dispose();
    throw error;
  }
}

/** The record under a name that no other record in the folder has. */
async function underFreeName(
  record: RunRecord,
  directory: string = recordsDirectory(),
): Promise<RunRecord> {
  let id = record.id;
  for (
    let number = 2;
    await fileInfo(join(directory, `${id}.json`));
    number++
  ) {
    id = `${record.id}-${number}`;
  }
  return { ...record, id };
}

/**
 * The newest record of a run that went to its end, or `undefined` if there is
 * none: look before you train.
 */
export async function findRun(
  options: Pick<
    LabRunOptions,
    "network" | "dataset" | "preset" | "recipe" | "seed" | "directory"
  >,
): Promise<RunRecord | undefined> {
  const { network, dataset, preset, seed = 0, directory } = options;
  const records = await listRecords(directory);
  const { recipe } = trainingPreset(preset, options.recipe);
  return records
    .filter((record) =>
      record.network.name === network.name &&
      record.network.parameters === countParameters(network) &&
      equal(record.hyperparameters, hyperparametersOf(recipe)) &&
      record.data.checksum === dataset.checksum &&
      record.preset === presetOf(recipe, preset) &&
      record.startedFrom === undefined &&
      record.seed === seed &&
      record.stoppedBy === "steps"
    )
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
    .at(-1);
}
