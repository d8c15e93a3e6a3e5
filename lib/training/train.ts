import { equal } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { RunIdentity, RunProgress } from "../checkpoints/schema.ts";
import type { Dataset } from "../data/dataset.ts";
import { sha256 } from "../data/hash.ts";
import { perPixelMean } from "../data/per_pixel_mean.ts";
import type { Network } from "../networks/layer.ts";
import { buildModel, Model } from "../networks/model.ts";
import { operations } from "../networks/walk.ts";
import { type Evaluation, type Evaluator, evaluator } from "./evaluate.ts";
import { imageSource } from "./image_source.ts";
import { learningRateAt, type Recipe } from "./recipe.ts";
import { type CheckpointOptions, RunCheckpoints } from "./run_checkpoints.ts";
import { type CurvePoint, StepSums } from "./step_sums.ts";
import { NonFiniteError, Stepper } from "./stepper.ts";
import { trainStep } from "./train_step.ts";

/** A network's errors over steps. */
export interface Curves {
  /** Means over mini-batches as they were trained on, augmented. */
  readonly train: readonly CurvePoint[];
  /** Of test images, with running statistics, on the single original view. */
  readonly test: readonly CurvePoint[];
}

/** Where a training is. */
export interface Progress {
  readonly network: Network;
  /** Number of updates made. */
  readonly step: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly seconds: number;
  readonly curves: Curves;
}

/** Why a training ended. */
export type StoppedBy =
  | "steps"
  | "time budget"
  | "user"
  | "not a finite number";

/** What {@linkcode train} does. */
export interface TrainOptions {
  readonly network: Network;
  readonly dataset: Dataset;
  readonly recipe: Recipe;
  /**
   * Draws the initial values, the order of the images, their crops, and what
   * dropout drops.
   */
  readonly seed: number;
  /**
   * A network of the same description whose values to go on from, in place of
   * drawn ones. It stays as it is: a copy is trained. The momentum starts at
   * zero, the schedule at its first step.
   */
  readonly model?: Model;
  /** Steps between two points of the curves. Default a fortieth of all. */
  readonly pointEvery?: number;
  /** Test images that each point of the test curve is of. Default 1,000. */
  readonly testImages?: number;
  /** Test images that the final error is of. Default all. */
  readonly finalTestImages?: number;
  /**
   * Seconds after which training stops; the final evaluation comes on top, and
   * what the run took before a checkpoint does not count.
   */
  readonly secondsBudget?: number;
  /**
   * Whether to stop; asked before each step, and after each mini-batch of an
   * evaluation. The final error is then of one mini-batch of test images.
   */
  readonly stopRequested?: () => boolean;
  /**
   * Whether and where to keep checkpoints. A run that goes on from one gives the
   * weights and curves of an uninterrupted run, on a CPU bit for bit.
   */
  readonly checkpoints?: CheckpointOptions;
  /** Told of each new point of the curves. */
  readonly onProgress?: (progress: Progress) => void | Promise<void>;
}

/** A trained network and how it went. */
export interface TrainResult {
  /** The network; the caller disposes of it. */
  readonly model: Model;
  readonly curves: Curves;
  readonly final: Evaluation;
  readonly stoppedBy: StoppedBy;
  /** Which step and layer gave NaN or Inf, if that is why it stopped. */
  readonly failure?: string;
  /** Seconds of training and of evaluation, together. */
  readonly seconds: number;
  /** Median time of a training step in milliseconds. */
  readonly millisecondsPerStep: number;
  /** Updates made. */
  readonly steps: number;
  /** Test images that each point of the test curve is of. */
  readonly testImages: number;
}

/**
 * Trains a network by the recipe of R15 section 4.2 on a data set's training
 * images and judges it on its test images.
 *
 * A loss that is not a finite number ends the training with the values from
 * before the step that gave it.
 *
 * @throws {Error} If the network has fewer outputs than there are classes,
 * `model` is of another description than `network`, or the checkpoints are of
 * another run.
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const { dataset, recipe, seed } = options;
  const { height, width, channels, test } = dataset;
  const started = performance.now();
  const pixels = height * width;
  checkClasses(options);
  const model = await startingModel(options);
  const mean = tf.tensor2d(perPixelMean(dataset.train), [
    pixels,
    channels,
  ]);
  const source = imageSource(dataset.train, pixels);
  const tests = imageSource(test, pixels);
  const judge = evaluator(model, tests, mean);
  const step = trainStep(model, source, mean, recipe, { seed });
  const used: { dispose(): void }[] = [step, judge, source, tests, mean];
  try {
    const checkpoints = options.checkpoints &&
      new RunCheckpoints(options.checkpoints, identityOf(options), step.state);
    if (checkpoints) {
      used.push({ dispose: () => checkpoints[Symbol.dispose]() });
    }
    const begun = await checkpoints?.begin();
    const draws = { count: source.count, seed };
    const stepper = new Stepper(step, recipe, draws, begun?.step);
    used.unshift(stepper);
    const watch = () =>
      (begun?.seconds ?? 0) + (performance.now() - started) / 1000;
    const parts = { stepper, judge, watch, checkpoints, begun };
    const run = await runSteps(options, parts);
    const images = Math.min(options.finalTestImages ?? Infinity, test.count);
    // After Stop nobody wants to wait for all of them.
    const stopped = run.stoppedBy === "user";
    const final = await judge.run(
      images,
      stopped ? () => true : options.stopRequested,
    );
    // A run whose last evaluation was cut short did not go to its end.
    const cutShort = run.stoppedBy === "steps" && final.images < images;
    const stoppedBy = cutShort ? "user" : run.stoppedBy;
    return { ...run, stoppedBy, model, final, seconds: watch() };
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    used.forEach((resource) => resource.dispose());
  }
}

/** A label beyond a network's outputs would count as no class at all. */
function checkClasses({ network, dataset }: TrainOptions): void {
  const outputs = operations(network).at(-1)?.output.at(-1) ?? 0;
  if (outputs >= dataset.classes.length) return;
  throw new Error(
    `Expected ${network.name} to have an output for each of the ${dataset.classes.length} classes of ${dataset.name} but found ${outputs}`,
  );
}

/** A new network, or a copy of the one to go on from. */
async function startingModel(
  { network, seed, model }: TrainOptions,
): Promise<Model> {
  if (model === undefined) return buildModel(network, { seed });
  if (!equal(model.network, network)) {
    throw new Error(
      `Expected the model to go on from to be a ${network.name} of the same description but found ${model.network.name}`,
    );
  }
  return new Model(network, await model.values());
}

type Run = Omit<TrainResult, "model" | "final" | "seconds">;

/** What a run is made with. */
interface Parts {
  readonly stepper: Stepper;
  readonly judge: Evaluator;
  /** Seconds that the run has taken. */
  readonly watch: () => number;
  readonly checkpoints: RunCheckpoints | undefined;
  /** How far an earlier process came with the run. */
  readonly begun: RunProgress | undefined;
}

async function runSteps(
  options: TrainOptions,
  { stepper, judge, watch, checkpoints, begun }: Parts,
): Promise<Run> {
  const { network, recipe, onProgress } = options;
  const { pointEvery, testImages } = pointsOf(options);
  const curves = {
    train: [...begun?.curves.train ?? []],
    test: [...begun?.curves.test ?? []],
  };
  const sums = new StepSums(begun?.sums);
  const times: number[] = [];
  const end = watch() + (options.secondsBudget ?? Infinity);
  const progress = (): RunProgress => ({
    step: stepper.steps,
    curves,
    sums: sums.sums,
    seconds: watch(),
  });
  const ended = async (stoppedBy: StoppedBy, failure?: string) => {
    await checkpoints?.write(progress());
    // What was trained since the last point is a point too.
    if (sums.sums.steps > 0) curves.train.push(sums.take(stepper.steps));
    return {
      curves,
      stoppedBy,
      ...failure === undefined ? {} : { failure },
      millisecondsPerStep: median(times),
      steps: stepper.steps,
      testImages,
    };
  };
  while (true) {
    const step = stepper.steps;
    const isPoint = step % pointEvery === 0 || step === recipe.steps;
    if (isPoint && sums.sums.steps > 0) {
      const { loss, error, images } = await judge.run(
        testImages,
        options.stopRequested,
      );
      if (images < testImages) return await ended("user");
      curves.train.push(sums.take(step));
      curves.test.push({ step, loss, error });
      await onProgress?.({
        network,
        step,
        steps: recipe.steps,
        learningRate: learningRateAt(recipe, step - 1),
        seconds: watch(),
        curves,
      });
    }
    if (step >= recipe.steps) return await ended("steps");
    if (options.stopRequested?.()) return await ended("user");
    if (watch() > end) return await ended("time budget");
    await checkpoints?.writeIfDue(progress, step);
    try {
      const { loss, mistakes, milliseconds } = await stepper.next();
      times.push(milliseconds);
      sums.add(loss, mistakes, recipe.batchSize);
    } catch (error) {
      if (!(error instanceof NonFiniteError)) throw error;
      return await ended("not a finite number", error.message);
    }
  }
}

/** How often the curves have a point, and of how many test images. */
function pointsOf(
  { recipe, dataset, pointEvery, testImages }: TrainOptions,
): { pointEvery: number; testImages: number } {
  return {
    pointEvery: pointEvery ?? Math.ceil(recipe.steps / 40),
    testImages: Math.min(testImages ?? 1000, dataset.test.count),
  };
}

function identityOf(options: TrainOptions): RunIdentity {
  const { network, dataset, seed, recipe, model } = options;
  const text = JSON.stringify(network);
  return {
    network: network.name,
    description: sha256(new TextEncoder().encode(text)),
    data: dataset.checksum,
    seed,
    backend: tf.getBackend(),
    recipe: JSON.parse(JSON.stringify({
      ...recipe,
      ...pointsOf(options),
      goesOn: model !== undefined,
    })),
  };
}

/** The middle one of `values`; 0 if there is none. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
