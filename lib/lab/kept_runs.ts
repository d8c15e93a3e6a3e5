import { equal } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { ComparedRun } from "./compare.ts";
import type { LabRunOptions } from "./lab_run.ts";
import { presetOf, trainingPreset } from "./presets.ts";

/** What makes two runs one and the same. */
export type RunSettings = Pick<
  LabRunOptions,
  | "network"
  | "dataset"
  | "preset"
  | "recipe"
  | "recipeName"
  | "seed"
  | "directory"
>;

interface Kept {
  readonly settings: unknown;
  readonly run: ComparedRun;
}

/** The runs that this process made, the newest last. */
const kept: Kept[] = [];

/**
 * Keeps a run, for as long as the process lives, if it went to its end: so that
 * a cell that was stopped goes on when it is run again.
 */
export function keepRun(settings: RunSettings, run: ComparedRun): void {
  if (run.record.stoppedBy !== "steps") return;
  forget(settings);
  kept.push({ settings: compared(settings), run });
}

/**
 * A run of these settings that was kept, or `undefined` if there is none, or
 * its network was disposed of.
 */
export function keptRun(settings: RunSettings): ComparedRun | undefined {
  const wanted = compared(settings);
  const run = kept.find((one) => equal(one.settings, wanted))?.run;
  const disposed = run?.model?.variables.some((one) => one.isDisposed);
  if (!disposed) return run;
  forget(settings);
  return undefined;
}

function forget(settings: RunSettings): void {
  const gone = compared(settings);
  const index = kept.findIndex((one) => equal(one.settings, gone));
  if (index >= 0) kept.splice(index, 1);
}

/** The settings with the data set by its checksum, and nothing left to defaults. */
function compared(settings: RunSettings) {
  const { network, dataset, preset, seed = 0, directory } = settings;
  const { recipe, ...points } = trainingPreset(
    preset,
    settings.recipe,
    settings.recipeName,
  );
  const data = [dataset.checksum, dataset.train.count, dataset.test.count];
  const name = presetOf(recipe, preset, settings.recipeName);
  return {
    ...{ network, data, name, recipe, points, seed, directory },
    // A network's variables are of the backend that trained it.
    backend: tf.getBackend(),
  };
}
