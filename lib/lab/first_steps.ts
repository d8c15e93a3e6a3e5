import { checkOptions, type OptionNames } from "../data/check_options.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Network } from "../networks/layer.ts";
import { liveFigure } from "../notebook/live.ts";
import { listenForStop, stopRequested } from "../notebook/stop.ts";
import { lossByRate } from "../plots/loss_by_rate.ts";
import { paperRecipe } from "../training/recipe.ts";
import { type StoppedBy, train } from "../training/train.ts";

/** The first steps of a training at one learning rate. */
export interface RateRun {
  readonly rate: number;
  /** Mean losses of mini-batches, over the steps since the point before. */
  readonly losses: readonly { readonly step: number; readonly loss: number }[];
  readonly stoppedBy: StoppedBy;
  /** Median time of a step in milliseconds. */
  readonly millisecondsPerStep: number;
  /** Images in a mini-batch. */
  readonly batchSize: number;
}

/** Options for {@linkcode firstSteps}. */
export interface FirstStepsOptions {
  readonly dataset: Dataset;
  /** The learning rates, one after another. */
  readonly rates: readonly number[];
  /** Number of updates at each rate. */
  readonly steps: number;
  readonly batchSize: number;
  /** Default 0: at each rate the same kernels and the same images. */
  readonly seed?: number;
  /** Title of the live figure. */
  readonly title?: string;
}

const OPTIONS: OptionNames<FirstStepsOptions> = {
  dataset: true,
  rates: true,
  steps: true,
  batchSize: true,
  seed: true,
  title: true,
};

/** Steps that a point of the curve is the mean of. */
const STEPS_A_POINT = 2;

/**
 * Trains a network for a few steps at each of several constant learning rates,
 * otherwise by R15's recipe, and draws the losses below the cell. It leaves no
 * lab record: so few steps are no result. Stop ends it after the step under way
 * and leaves out the rates that are left.
 *
 * @returns The runs, in the order of the rates.
 * @throws {TypeError} If an option is none of those that there are.
 */
export async function firstSteps(
  network: Network,
  options: FirstStepsOptions,
): Promise<RateRun[]> {
  checkOptions(options, OPTIONS);
  const { dataset, rates, steps, batchSize, seed = 0, title } = options;
  const live = liveFigure();
  const runs: RateRun[] = [];
  const draw = (...growing: Pick<RateRun, "rate" | "losses">[]) =>
    lossByRate([...runs, ...growing], { steps, ...title && { title } });
  using _ = listenForStop();
  for (const rate of rates) {
    if (stopRequested()) break;
    const result = await train({
      ...{ network, dataset, seed, stopRequested },
      recipe: paperRecipe({
        ...{ steps, batchSize, learningRate: rate },
        milestones: [],
      }),
      pointEvery: STEPS_A_POINT,
      // Only the losses of the training are looked at.
      testImages: 1,
      finalTestImages: 1,
      onProgress: ({ curves }) =>
        live.update(() => draw({ rate, losses: curves.train })),
    });
    result.model.dispose();
    const { curves, stoppedBy, millisecondsPerStep } = result;
    const run = { stoppedBy, millisecondsPerStep, batchSize };
    runs.push({ rate, losses: curves.train, ...run });
  }
  if (runs.some(({ losses }) => losses.length > 0)) await live.finish(draw());
  return runs;
}

/**
 * The mean loss over the second half of a run's points.
 *
 * @returns `Infinity` if it ended at a loss that is not a finite number.
 *
 * @example Usage
 * ```ts
 * import { lateLoss } from "./first_steps.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const losses = [5, 4, 3, 2].map((loss, i) => ({ step: i + 1, loss }));
 * assertEquals(lateLoss({ losses, stoppedBy: "steps" }), 2.5);
 * ```
 */
export function lateLoss(
  { losses, stoppedBy }: Pick<RateRun, "losses" | "stoppedBy">,
): number {
  if (stoppedBy === "not a finite number") return Infinity;
  const late = losses.slice(losses.length >> 1);
  return late.reduce((sum, { loss }) => sum + loss, 0) / late.length;
}
