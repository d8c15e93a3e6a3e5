import type { BackendInUse } from "../backends/use_backend.ts";
import type { TrainingData } from "../data/training_data.ts";
import { runName } from "../records/run_name.ts";
import { changesOf, type RunSpec } from "../records/run_spec.ts";
import type { RunRecord } from "../records/schema.ts";
import { recipeName } from "../training/recipes.ts";
import type { TrainOptions } from "../training/train.ts";
import { checkpointDirectory } from "./checkpoint_directory.ts";
import { findRun, labRun, runChecksum } from "./lab_run.ts";
import { networkFor } from "./named_run.ts";
import { trainingPreset } from "./presets.ts";
import { recordName } from "./record_name.ts";

/** What {@linkcode runNamed} needs besides the run. */
export interface RunNamedOptions extends
  Pick<
    TrainOptions,
    "onProgress" | "onStep" | "stopRequested" | "secondsBudget"
  > {
  readonly dataset: TrainingData;
  readonly backend: BackendInUse;
  /** Folder of the records. Default `data/runs`. */
  readonly directory?: string;
  /**
   * Whether to go on from a checkpoint, and to leave a run alone that is done
   * already.
   */
  readonly resume?: boolean;
  /** Folder of the checkpoints. Default one of the run's own. */
  readonly checkpoints?: string;
  /** Told when training begins, with the number of steps. */
  readonly onBegin?: (network: string, steps: number) => void;
}

/** A run that was made, or that was done before. */
export interface NamedRun {
  readonly record: RunRecord;
  /** File of the record, if the run was made now. */
  readonly path: string | undefined;
}

/** Whether a run keeps checkpoints: a look at the first steps needs none. */
export function keepsCheckpoints({ preset, steps }: RunSpec): boolean {
  return preset !== "smoke" || steps !== undefined;
}

/**
 * Makes a run that names its network and recipe, and leaves a lab record. With
 * `resume` a run that has a record is not made again.
 *
 * @throws {Error} If there is no such network or recipe, or training fails.
 */
export async function runNamed(
  spec: RunSpec,
  options: RunNamedOptions,
): Promise<NamedRun> {
  const { dataset, resume = false, onBegin, checkpoints, ...rest } = options;
  const { directory } = rest;
  const settings = {
    ...{ network: spec.network, dataset, preset: spec.preset, seed: spec.seed },
    recipeName: recipeName(spec.recipe),
    recipe: changesOf(spec),
    ...directory !== undefined && { directory },
  };
  const done = resume
    ? await findRun({ ...settings, endings: ["steps", "not a finite number"] })
    : undefined;
  if (done !== undefined) return { record: done, path: undefined };
  const checksum = await runChecksum(settings);
  const { name } = networkFor(spec.network, dataset);
  const folder = recordName(
    ...[dataset.name, name, spec.preset, `seed${spec.seed}`],
    checksum.slice("sha256:".length).slice(0, 12),
  );
  const { steps } = trainingPreset(
    spec.preset,
    settings.recipe,
    settings.recipeName,
  ).recipe;
  onBegin?.(runName(name, spec.precision), steps);
  const { model, record, path } = await labRun({
    ...rest,
    ...settings,
    data: spec.data,
    ...keepsCheckpoints(spec) && {
      checkpoints: {
        directory: checkpoints ?? checkpointDirectory(folder),
        resume,
      },
    },
  });
  model.dispose();
  return { record, path };
}
