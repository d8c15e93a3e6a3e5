import type { BackendInUse } from "../backends/use_backend.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Network } from "../networks/layer.ts";
import type { Model } from "../networks/model.ts";
import { countParameters } from "../networks/parameters.ts";
import { equal } from "@std/assert";
import { listRecords } from "../records/list_records.ts";
import type { RunRecord } from "../records/schema.ts";
import { writeRecord } from "../records/write_record.ts";
import { train, type TrainOptions } from "../training/train.ts";
import { hyperparametersOf, recordOf } from "./record_of.ts";
import type { Preset } from "../notebook/preset.ts";
import { trainingPreset } from "./presets.ts";

/** What {@linkcode labRun} trains. */
export interface LabRunOptions
  extends Pick<TrainOptions, "onProgress" | "stopRequested" | "secondsBudget"> {
  readonly network: Network;
  readonly dataset: Dataset;
  readonly preset: Preset;
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

/** Trains a network at a preset and leaves a lab record. */
export async function labRun(options: LabRunOptions): Promise<LabRun> {
  const { network, dataset, preset, seed = 0, backend } = options;
  const { recipe, ...points } = trainingPreset(preset);
  const { directory, onProgress, stopRequested, secondsBudget } = options;
  const result = await train({
    network,
    dataset,
    recipe,
    seed,
    ...points,
    ...onProgress && { onProgress },
    ...stopRequested && { stopRequested },
    ...secondsBudget !== undefined && { secondsBudget },
  });
  try {
    const settings = { network, dataset, recipe, preset, seed, backend };
    const record = await recordOf(settings, result);
    const path = await writeRecord(record, directory);
    return { record, path, model: result.model };
  } catch (error) {
    result.model.dispose();
    throw error;
  }
}

/**
 * The newest record of a run that went to its end, or `undefined` if there is
 * none: look before you train.
 */
export async function findRun(
  options: Pick<
    LabRunOptions,
    "network" | "dataset" | "preset" | "seed" | "directory"
  >,
): Promise<RunRecord | undefined> {
  const { network, dataset, preset, seed = 0, directory } = options;
  const records = await listRecords(directory);
  const recipe = hyperparametersOf(trainingPreset(preset).recipe);
  return records
    .filter((record) =>
      record.network.name === network.name &&
      record.network.parameters === countParameters(network) &&
      equal(record.hyperparameters, recipe) &&
      record.data.checksum === dataset.checksum &&
      record.preset === preset &&
      record.seed === seed &&
      record.stoppedBy === "steps"
    )
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
    .at(-1);
}
