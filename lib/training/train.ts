import type { RunIdentity } from "../checkpoints/schema.ts";
import { checkInteger } from "../data/check_integer.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import { isStreamed, type TrainingData } from "../data/training_data.ts";
import { streamedLearning } from "../images/streamed_learning.ts";
import type { Network } from "../networks/layer.ts";
import type { Model } from "../networks/model.ts";
import { checkClasses } from "./check_classes.ts";
import { checkImageSize } from "./check_image_size.ts";
import type { Evaluation } from "./evaluate.ts";
import type { Disposables } from "./learning.ts";
import { checkRecipe, type Recipe } from "./recipe.ts";
import { residentLearning } from "./resident_learning.ts";
import {
  CHECKPOINT_OPTIONS,
  type CheckpointOptions,
  RunCheckpoints,
} from "./run_checkpoints.ts";
import { runIdentity } from "./run_identity.ts";
import { runSteps } from "./run_steps.ts";
import { startingModel } from "./starting_model.ts";
import type { CurvePoint } from "./step_sums.ts";

/** A network's errors over steps. */
export interface Curves {
  /** Means over mini-batches as they were trained on, augmented. */
  readonly train: readonly CurvePoint[];
  /**
   * Of test images, with running statistics, on the single original view; of
   * images that are read from files on the crop in the middle.
   */
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
  readonly dataset: TrainingData;
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

const OPTIONS: OptionNames<TrainOptions> = {
  network: true,
  dataset: true,
  recipe: true,
  seed: true,
  model: true,
  pointEvery: true,
  testImages: true,
  finalTestImages: true,
  secondsBudget: true,
  stopRequested: true,
  checkpoints: true,
  onStep: true,
  onProgress: true,
};

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
  /** When the run began, in whichever process, as ISO 8601 in UTC. */
  readonly begunAt: string;
  /** Whether it went on from a checkpoint. */
  readonly resumed: boolean;
  /** What it ran on, one after another, if its checkpoints tell that it moved. */
  readonly ranOn?: readonly string[];
  /** Seconds of training and of evaluation, together. */
  readonly seconds: number;
  /** Median time of a training step in milliseconds. */
  readonly millisecondsPerStep: number;
  /** Updates made. */
  readonly steps: number;
  /** Test images that each point of the test curve is of. */
  readonly testImages: number;
  /**
   * Files that could not be decoded and were left out, if any are read, by their
   * places below the data set's folder; those from before a checkpoint too.
   */
  readonly leftOut?: readonly string[];
}

/**
 * Trains a network by the recipe of R15 section 4.2 on a data set's training
 * images and judges it on its test images. Those that are read from files are
 * seen as R15 section 3.4 has it (see {@linkcode streamImageFolder}).
 *
 * A loss that is not a finite number ends the training with the values from
 * before the step that gave it.
 *
 * If images cannot be read, what was trained before is in a checkpoint, if there
 * are some.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {BrokenImageError} At an image that cannot be decoded, unless its data
 * set says to skip it.
 * @throws {Error} If `model` is of another description than `network`, or the
 * checkpoints are of another run.
 * @throws {RangeError} If the data set has more classes than the network has
 * outputs, or a number of images or steps is not an integer greater than 0.
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  checkOptions(options, OPTIONS);
  checkRecipe(options.recipe);
  if (options.checkpoints) {
    checkOptions(options.checkpoints, CHECKPOINT_OPTIONS, "checkpoints");
  }
  const { dataset, recipe, seed } = options;
  const started = performance.now();
  const now = new Date().toISOString();
  checkImageSize(options.network, dataset);
  checkClasses(options.network, dataset);
  checkInteger(recipe.steps, "steps", 1);
  if (options.finalTestImages !== undefined) {
    checkInteger(options.finalTestImages, "finalTestImages", 1);
  }
  const identity = await runIdentity(options);
  const used: Disposables = [];
  const model = await startingModel(options);
  try {
    const how = { model, recipe, seed };
    const { state, judge, chooser, stepperFrom, leftOut } = isStreamed(dataset)
      ? streamedLearning(dataset, how, used)
      : residentLearning(dataset, how, used);
    const checkpoints = options.checkpoints &&
      new RunCheckpoints(options.checkpoints, identity, state);
    if (checkpoints) {
      used.push({ dispose: () => checkpoints[Symbol.dispose]() });
    }
    const begun = await checkpoints?.begin();
    begun?.leftOut?.forEach((path) => leftOut?.add(path));
    const begunAt = begun?.begunAt ?? now;
    const stepper = stepperFrom(begun?.step);
    const watch = () =>
      (begun?.seconds ?? 0) + (performance.now() - started) / 1000;
    const run = await runSteps(options, {
      ...{ model, stepper, judge, chooser },
      ...{ watch, checkpoints, begun, begunAt, leftOut },
    });
    const images = Math.min(
      options.finalTestImages ?? Infinity,
      dataset.test.count,
    );
    // After Stop nobody wants to wait for all of them.
    const stopped = run.stoppedBy === "user";
    const final = await judge.run(
      images,
      stopped ? () => true : options.stopRequested,
    );
    // A run whose last evaluation was cut short did not go to its end.
    const cutShort = run.stoppedBy === "steps" && final.stopped;
    const stoppedBy = cutShort ? "user" : run.stoppedBy;
    return {
      ...{ ...run, stoppedBy, identity, model, final, seconds: watch() },
      ...{ begunAt, resumed: begun !== undefined },
      ...leftOut && { leftOut: [...leftOut] },
      ...checkpoints && checkpoints.ranOn.length > 1 &&
        { ranOn: checkpoints.ranOn },
    };
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    for (const resource of used.reverse()) await resource.dispose();
  }
}
