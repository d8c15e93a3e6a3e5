import * as tf from "@tensorflow/tfjs";
import type { RunIdentity, RunProgress } from "../checkpoints/schema.ts";
import { checkInteger } from "../data/check_integer.ts";
import type { Dataset, LabelledImages } from "../data/dataset.ts";
import { perPixelMean } from "../data/per_pixel_mean.ts";
import type { Network } from "../networks/layer.ts";
import type { Model } from "../networks/model.ts";
import { checkClasses } from "./check_classes.ts";
import { type Evaluation, type Evaluator, evaluator } from "./evaluate.ts";
import { imageSource } from "./image_source.ts";
import { learningImages } from "./learning_images.ts";
import type { Recipe } from "./recipe.ts";
import { type CheckpointOptions, RunCheckpoints } from "./run_checkpoints.ts";
import { pointsOf, runIdentity } from "./run_identity.ts";
import { Schedule } from "./schedule.ts";
import { startingModel } from "./starting_model.ts";
import { type CurvePoint, StepSums } from "./step_sums.ts";
import { NonFiniteError, Stepper } from "./stepper.ts";
import { trainStep } from "./train_step.ts";

/** A network's errors over steps. */
export interface Curves {
  /** Means over mini-batches as they were trained on, augmented. */
  readonly train: readonly CurvePoint[];
  /** Of test images, with running statistics, on the single original view. */
  readonly test: readonly CurvePoint[];
  /** Of the images set aside, likewise, if the recipe sets some aside. */
  readonly validation?: readonly CurvePoint[];
}

/** Where a training is. */
export interface Progress {
  readonly network: Network;
  /** The network as it is now: to be measured, neither changed nor kept. */
  readonly model: Model;
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
  /** Told of each step made: its number from 1, and how long it took. */
  readonly onStep?: (step: number, milliseconds: number) => void;
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
  /** What the run is, as far as its numbers depend on it. */
  readonly identity: RunIdentity;
  /**
   * The point of the lowest validation error, whose checkpoint is kept, if the
   * recipe sets images aside. Never chosen by test images.
   */
  readonly best?: { readonly step: number; readonly error: number };
  /** Updates from which on measured errors changed the learning rate. */
  readonly rateChanges: {
    readonly warmedUpAt: number | null;
    readonly drops: readonly number[];
  };
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
 * @throws {Error} If `model` is of another description than `network`, or the
 * checkpoints are of another run.
 * @throws {RangeError} If the data set has more classes than the network has
 * outputs, or a number of images or steps is not an integer greater than 0.
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const { dataset, recipe, seed } = options;
  const { height, width, channels, test } = dataset;
  const started = performance.now();
  const pixels = height * width;
  checkClasses(options.network, dataset);
  if (options.finalTestImages !== undefined) {
    checkInteger(options.finalTestImages, "finalTestImages", 1);
  }
  const { train, validation } = learningImages(dataset, recipe);
  const identity = await runIdentity(options);
  const used: { dispose(): void }[] = [];
  const use = <T extends { dispose(): void }>(resource: T): T => {
    used.unshift(resource);
    return resource;
  };
  const model = await startingModel(options);
  try {
    const mean = use(tf.tensor2d(perPixelMean(train), [pixels, channels]));
    const source = use(imageSource(train, pixels));
    const judgeOf = (images: LabelledImages) =>
      use(evaluator(model, use(imageSource(images, pixels)), mean));
    const judge = judgeOf(test);
    const chooser = validation && judgeOf(validation);
    const step = use(trainStep(model, source, mean, recipe, { seed }));
    const checkpoints = options.checkpoints &&
      new RunCheckpoints(options.checkpoints, identity, step.state);
    if (checkpoints) use({ dispose: () => checkpoints[Symbol.dispose]() });
    const begun = await checkpoints?.begin();
    const draws = { count: source.count, seed };
    const stepper = use(new Stepper(step, recipe, draws, begun?.step));
    const watch = () =>
      (begun?.seconds ?? 0) + (performance.now() - started) / 1000;
    const parts = {
      ...{ model, stepper, judge, chooser },
      ...{ watch, checkpoints, begun },
    };
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
    return { ...run, stoppedBy, identity, model, final, seconds: watch() };
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    used.forEach((resource) => resource.dispose());
  }
}

type Run = Omit<TrainResult, "model" | "final" | "seconds" | "identity">;

/** What a run is made with. */
interface Parts {
  readonly model: Model;
  readonly stepper: Stepper;
  readonly judge: Evaluator;
  /** Judges on the images set aside, if there are some. */
  readonly chooser: Evaluator | undefined;
  /** Seconds that the run has taken. */
  readonly watch: () => number;
  readonly checkpoints: RunCheckpoints | undefined;
  /** How far an earlier process came with the run. */
  readonly begun: RunProgress | undefined;
}

async function runSteps(
  options: TrainOptions,
  { model, stepper, judge, chooser, watch, checkpoints, begun }: Parts,
): Promise<Run> {
  const { network, recipe, onProgress, onStep, stopRequested } = options;
  const { pointEvery, testImages } = pointsOf(options);
  const curves = {
    train: [...begun?.curves.train ?? []],
    test: [...begun?.curves.test ?? []],
    ...chooser && { validation: [...begun?.curves.validation ?? []] },
  };
  const schedule = new Schedule(recipe, begun?.schedule);
  let best = begun?.best;
  const sums = new StepSums(begun?.sums);
  const times: number[] = [];
  // A run that was whole already makes no step that could be timed.
  const millisecondsPerStep = () =>
    times.length > 0 ? median(times) : begun?.millisecondsPerStep ?? 0;
  const end = watch() + (options.secondsBudget ?? Infinity);
  const progress = (): RunProgress => ({
    step: stepper.steps,
    curves,
    sums: sums.sums,
    schedule: schedule.state,
    ...best && { best },
    seconds: watch(),
    millisecondsPerStep: millisecondsPerStep(),
  });
  const ended = async (stoppedBy: StoppedBy, failure?: string) => {
    await checkpoints?.write(progress());
    // What was trained since the last point is a point too.
    if (sums.sums.steps > 0) curves.train.push(sums.take(stepper.steps));
    const { warmedUpAt, drops } = schedule.state;
    return {
      curves,
      stoppedBy,
      ...best && { best },
      rateChanges: { warmedUpAt, drops },
      ...failure === undefined ? {} : { failure },
      millisecondsPerStep: millisecondsPerStep(),
      steps: stepper.steps,
      testImages,
    };
  };
  let rate = schedule.rateAt(stepper.steps);
  while (true) {
    const step = stepper.steps;
    const isPoint = step % pointEvery === 0 || step === recipe.steps;
    if (isPoint && sums.sums.steps > 0) {
      const tested = await judge.run(testImages, stopRequested);
      if (tested.images < testImages) return await ended("user");
      const chosen = await chooser?.run(undefined, stopRequested);
      if (chosen && chosen.images < (recipe.validationImages ?? 0)) {
        return await ended("user");
      }
      const trained = sums.take(step);
      curves.train.push(trained);
      curves.test.push(pointOf(step, tested));
      if (chosen) curves.validation?.push(pointOf(step, chosen));
      const { on } = recipe.plateau ?? {};
      const watched = on === "validation" ? chosen : trained;
      if (watched) schedule.sawPoint(step, watched.error);
      if (chosen && !(chosen.error >= (best?.error ?? Infinity))) {
        best = { step, error: chosen.error };
        await checkpoints?.write(progress());
      }
      await onProgress?.({
        network,
        model,
        step,
        steps: recipe.steps,
        learningRate: rate,
        seconds: watch(),
        curves,
      });
    }
    if (step >= recipe.steps) return await ended("steps");
    if (stopRequested?.()) return await ended("user");
    if (watch() > end) return await ended("time budget");
    await checkpoints?.writeIfDue(progress, step);
    try {
      rate = schedule.rateAt(step);
      const { loss, mistakes, milliseconds } = await stepper.next(rate);
      times.push(milliseconds);
      sums.add(loss, mistakes, recipe.batchSize);
      schedule.sawBatch(step + 1, mistakes, recipe.batchSize);
      onStep?.(step + 1, milliseconds);
    } catch (error) {
      if (!(error instanceof NonFiniteError)) throw error;
      return await ended("not a finite number", error.message);
    }
  }
}

function pointOf(step: number, { loss, error }: Evaluation): CurvePoint {
  return { step, loss, error };
}

/** The middle one of `values`; 0 if there is none. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
