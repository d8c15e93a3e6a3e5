import type { BackendInUse } from "../backends/use_backend.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Network } from "../networks/layer.ts";
import type { Model } from "../networks/model.ts";
import { liveFigure } from "../notebook/live.ts";
import type { Preset } from "../notebook/preset.ts";
import { listenForStop, stopRequested } from "../notebook/stop.ts";
import { type CurveRun, learningCurves } from "../plots/learning_curves.ts";
import type { RunRecord } from "../records/schema.ts";
import { findRun, labRun } from "./lab_run.ts";
import { trainingPreset } from "./presets.ts";

/** What {@linkcode compareNetworks} trains on, and how. */
export interface CompareOptions {
  readonly dataset: Dataset;
  readonly preset: Preset;
  readonly backend: BackendInUse;
  /** Default 0. */
  readonly seed?: number;
  /**
   * Whether to train although a lab record is at hand. Default: only at the
   * preset "smoke", which takes a minute or two.
   */
  readonly retrain?: boolean;
  /** Title of the live figure. */
  readonly title?: string;
}

/** A network's run: trained here, or read from a lab record. */
export interface ComparedRun {
  readonly name: string;
  readonly curves: RunRecord["curves"];
  readonly record: RunRecord;
  /** The trained network; a lab record has none. */
  readonly model: Model | undefined;
}

/**
 * Trains networks one after another by the same recipe, drawing their errors
 * below the cell. A long run that a lab record is at hand of is loaded instead,
 * and said so. Stop ends it after the step under way, and keeps what is there.
 */
export async function compareNetworks(
  networks: readonly Network[],
  options: CompareOptions,
): Promise<ComparedRun[]> {
  const { dataset, preset, backend, title } = options;
  const { seed = 0, retrain = preset === "smoke" } = options;
  const { steps } = trainingPreset(preset).recipe;
  const live = liveFigure();
  const runs: ComparedRun[] = [];
  const draw = (...growing: CurveRun[]) =>
    learningCurves([...runs, ...growing], { steps, ...title && { title } });
  using _ = listenForStop();
  for (const network of networks) {
    if (stopRequested()) break;
    const settings = { network, dataset, preset, seed };
    const record = retrain ? undefined : await findRun(settings);
    if (record !== undefined) {
      console.log(`${network.name}: ${describeRecord(record)}`);
      const { curves } = record;
      runs.push({ name: network.name, curves, record, model: undefined });
      continue;
    }
    const run = await labRun({
      ...settings,
      backend,
      stopRequested,
      onProgress: ({ curves }) =>
        live.update(() => draw({ name: network.name, curves })),
    });
    const { curves } = run.record;
    runs.push({ name: network.name, curves, ...run });
    console.log(`${network.name}: ${describeTraining(run.record)}`);
  }
  if (runs.some(({ curves }) => curves.train.length > 0)) {
    await live.finish(draw());
  }
  return runs;
}

/**
 * The trained network of a run. Where the run was loaded from a lab record,
 * which keeps no weights, the network is trained at the preset "smoke", and
 * said so.
 */
export async function trainedModel(
  runs: readonly ComparedRun[],
  network: Network,
  options: Pick<CompareOptions, "dataset" | "backend" | "seed">,
): Promise<Model> {
  const run = runs.find(({ name }) => name === network.name);
  if (run?.model !== undefined) return run.model;
  console.log(`${network.name}: training a few steps, for want of its weights`);
  return (await labRun({ network, preset: "smoke", ...options })).model;
}

function describeRecord(record: RunRecord): string {
  const { createdAt, hardware, wallTimeSeconds, id } = record;
  const minutes = (wallTimeSeconds / 60).toFixed(0);
  return `loaded the lab record ${id} (trained on ${
    createdAt.slice(0, 10)
  } in ${minutes} min on ${hardware.device}, ${hardware.cpu}); to train it here, pass retrain: true`;
}

function describeTraining(record: RunRecord): string {
  const { curves, stoppedBy, wallTimeSeconds, millisecondsPerStep } = record;
  const steps = curves.train.at(-1)?.step ?? 0;
  return `${steps} steps in ${wallTimeSeconds.toFixed(0)} s, ${
    millisecondsPerStep.toFixed(0)
  } ms a step` + (stoppedBy === "steps" ? "" : `, stopped by ${stoppedBy}`);
}
