import type { BackendInUse } from "../backends/use_backend.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Network } from "../networks/layer.ts";
import type { Model } from "../networks/model.ts";
import { liveFigure } from "../notebook/live.ts";
import { listenForStop, stopRequested } from "../notebook/stop.ts";
import { type CurveRun, learningCurves } from "../plots/learning_curves.ts";
import type { RunRecord } from "../records/schema.ts";
import type { Recipe } from "../training/recipe.ts";
import { runOf } from "./final_of.ts";
import { keepRun, keptRun } from "./kept_runs.ts";
import { findRun, labRun } from "./lab_run.ts";
import type { Preset } from "../training/preset_names.ts";
import { trainingPreset } from "./presets.ts";

/** What {@linkcode compareNetworks} trains on, and how. */
export interface CompareOptions {
  readonly dataset: Dataset;
  readonly preset: Preset;
  readonly backend: BackendInUse;
  /**
   * Settings to use in place of the preset's, such as another learning rate.
   * Lab records of such runs name the preset "custom".
   */
  readonly recipe?: Partial<Recipe>;
  /**
   * Networks to go on from, in place of drawn values: each for the network of
   * its name. They stay as they are.
   */
  readonly from?: readonly Model[];
  /** Default 0. */
  readonly seed?: number;
  /**
   * Whether to train although a lab record is at hand, or a run that this
   * process made. Default: at the preset "smoke", which takes a minute or two,
   * although a record is at hand.
   */
  readonly retrain?: boolean;
  /** Title of the live figure. */
  readonly title?: string;
  /** Whether all curves share one panel of it. Default false. */
  readonly together?: boolean;
  /** Folder of the records. Default `data/runs`. */
  readonly directory?: string;
}

const OPTIONS: OptionNames<CompareOptions> = {
  dataset: true,
  preset: true,
  backend: true,
  recipe: true,
  from: true,
  seed: true,
  retrain: true,
  title: true,
  together: true,
  directory: true,
};

/** A network's run: trained here, or read from a lab record. */
export interface ComparedRun {
  readonly name: string;
  readonly curves: RunRecord["curves"];
  readonly record: RunRecord;
  /** The trained network; a lab record has none until it is asked for. */
  model: Model | undefined;
}

/**
 * Trains networks one after another by the same recipe, drawing their errors
 * below the cell. A long run that a lab record is at hand of is loaded instead,
 * and said so. Stop ends it after the step under way, skips the networks that
 * are left, and keeps what is there.
 *
 * Called again with the same settings in the same process, as by running a cell
 * once more, it takes the runs that went to their end as they are, and says so;
 * one that was stopped begins anew.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {Error} If a network in `from` is not among the networks.
 */
export async function compareNetworks(
  networks: readonly Network[],
  options: CompareOptions,
): Promise<ComparedRun[]> {
  checkOptions(options, OPTIONS);
  const { dataset, preset, backend, title, recipe, directory } = options;
  const { seed = 0, retrain = preset === "smoke", from = [] } = options;
  const { together = false } = options;
  checkFrom(from, networks);
  const { steps } = trainingPreset(preset, recipe).recipe;
  const live = liveFigure();
  const runs: ComparedRun[] = [];
  const draw = (...growing: CurveRun[]) => {
    const drawn = [...runs, ...growing];
    // Those to come have their place from the start, and keep it after a Stop:
    // nothing jumps.
    const toCome = networks.slice(drawn.length)
      .map(({ name }) => ({ name, curves: { train: [], test: [] } }));
    const all = [...drawn, ...toCome];
    return learningCurves(all, { steps, together, ...title && { title } });
  };
  using _ = listenForStop();
  for (const network of networks) {
    if (stopRequested()) break;
    const settings = {
      ...{ network, dataset, preset, seed },
      ...recipe && { recipe },
      ...directory !== undefined && { directory },
    };
    const model = from.find((one) => one.network.name === network.name);
    const kept = model || options.retrain ? undefined : keptRun(settings);
    if (kept !== undefined) {
      console.log(`${network.name}: ${describeKept(kept.record)}`);
      runs.push(kept);
      continue;
    }
    const record = retrain || model ? undefined : await findRun(settings);
    if (record !== undefined) {
      console.log(`${network.name}: ${describeRecord(record)}`);
      const { curves } = record;
      runs.push({ name: network.name, curves, record, model: undefined });
      continue;
    }
    const run = await labRun({
      ...settings,
      ...model && { model },
      backend,
      stopRequested,
      onProgress: ({ curves }) =>
        live.update(() => draw({ name: network.name, curves })),
    });
    const { curves } = run.record;
    const compared: ComparedRun = { name: network.name, curves, ...run };
    runs.push(compared);
    if (!model) keepRun(settings, compared);
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
 * said so; it is kept in the run, so that it is trained once.
 *
 * @throws {Error} If the network has no run, as after a Stop.
 */
export async function trainedModel(
  runs: readonly ComparedRun[],
  network: Network,
  options: Pick<
    CompareOptions,
    "dataset" | "backend" | "seed" | "directory" | "recipe"
  >,
): Promise<Model> {
  const run = runOf(runs, network.name);
  if (run.model !== undefined) return run.model;
  console.log(`${network.name}: training a few steps, for want of its weights`);
  using _ = listenForStop();
  const settings = { ...options, network, preset: "smoke" } as const;
  run.model = (await labRun({ ...settings, stopRequested })).model;
  return run.model;
}

function checkFrom(
  from: readonly Model[],
  networks: readonly Network[],
): void {
  const names = networks.map(({ name }) => name);
  const other = from.find(({ network }) => !names.includes(network.name));
  if (other === undefined) return;
  throw new Error(
    `Expected networks to go on from to be among ${
      names.join(", ")
    } but found ${other.network.name}`,
  );
}

function describeRecord(record: RunRecord): string {
  const { createdAt, hardware, wallTimeSeconds, id } = record;
  const minutes = (wallTimeSeconds / 60).toFixed(0);
  return `loaded the lab record ${id} (trained on ${
    createdAt.slice(0, 10)
  } in ${minutes} min on ${hardware.device}, ${hardware.cpu}); to train it here, pass retrain: true`;
}

function describeKept({ curves, createdAt }: RunRecord): string {
  const steps = curves.train.at(-1)?.step ?? 0;
  return `${steps} steps, kept as trained here at ${
    createdAt.slice(11, 16)
  } UTC; to train it anew, pass retrain: true`;
}

function describeTraining(record: RunRecord): string {
  const { curves, stoppedBy, wallTimeSeconds, millisecondsPerStep } = record;
  const steps = curves.train.at(-1)?.step ?? 0;
  return `${steps} steps in ${wallTimeSeconds.toFixed(0)} s, ${
    millisecondsPerStep.toFixed(0)
  } ms a step` + (stoppedBy === "steps" ? "" : `, stopped by ${stoppedBy}`);
}
