import * as tf from "@tensorflow/tfjs";
import { jit, type JitOptions } from "../backends/jit.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import type { Model } from "../networks/model.ts";
import { dropoutSeedAt, hasDropout } from "../training/dropout_seed.ts";
import { findNonFinite } from "../training/find_non_finite.ts";
import { modelUpdate } from "../training/model_update.ts";
import { learningRateAt, type Recipe } from "../training/recipe.ts";
import type { StepResult } from "../training/train_step.ts";
import type { ImageBatch } from "./image_batches.ts";
import {
  type ColourComponents,
  networkInput,
  type Normalisation,
} from "./network_input.ts";

/** Options of {@linkcode imageStep}. */
export interface ImageStepOptions extends Omit<JitOptions, "precision"> {
  readonly normalisation: Normalisation;
  /**
   * Components of colour that are varied, or `false` to leave colours as they
   * are. Default those of ImageNet.
   */
  readonly colours?: ColourComponents | false;
  /** What dropout draws from, with the step's number. Default 0. */
  readonly seed?: number;
}

const OPTIONS: OptionNames<ImageStepOptions> = {
  normalisation: true,
  colours: true,
  seed: true,
  xla: true,
};

/** A network's training step on mini-batches of a folder's images. */
export interface ImageStep {
  /** All that a step changes, by name. */
  readonly state: ReadonlyMap<string, tf.Variable>;
  /**
   * Trains on a mini-batch, which stays the caller's.
   *
   * @param learningRate Of this step. Default the recipe's at it.
   * @throws {Error} If it is left out and the recipe's depends on errors: these
   * are known to a {@linkcode Schedule}, which the caller shows them to.
   */
  run(batch: ImageBatch, learningRate?: number): Promise<StepResult>;
  /** Names where numbers stop being finite (see {@linkcode findNonFinite}). */
  findNonFinite(batch: ImageBatch): string;
  /** Frees the velocities and the traced function, not the model. */
  dispose(): void;
}

/**
 * Makes the step that trains a model on {@linkcode imageBatches}: mirror images,
 * AlexNet's colours, normalisation, forward pass, gradients and update in one,
 * run as one (see {@linkcode jit}). A mini-batch that lacks skipped images is
 * smaller, and the step is traced once more for its size.
 *
 * How images are cropped is {@linkcode imageBatches}' part, not the recipe's. A
 * recipe whose rate falls when an error stands still, as R15's of ImageNet:
 *
 * ```ts ignore
 * const { recipe } = RECIPES.imagenet;
 * const schedule = new Schedule(recipe);
 * const step = imageStep(model, recipe, { normalisation });
 * for await (const batch of imageBatches(folder, { batchSize: 256, seed: 0 })) {
 *   const { loss, mistakes } = await step.run(batch, schedule.rateAt(batch.step));
 *   tf.dispose([loss, mistakes]);
 *   batch.dispose();
 *   const steps = batch.step + 1;
 *   if (steps % 5000 === 0) {
 *     const { top1Error } = await classifyFolder(model, validation, { normalisation });
 *     schedule.sawPoint(steps, top1Error);
 *   }
 *   if (steps === recipe.steps) break;
 * }
 * ```
 *
 * @throws {TypeError} If an option is none of those that there are.
 */
export function imageStep(
  model: Model,
  recipe: Recipe,
  options: ImageStepOptions,
): ImageStep {
  checkOptions(options, OPTIONS);
  const { normalisation, colours: components, seed = 0, ...rest } = options;
  const { precision = "float32" } = recipe;
  const update = modelUpdate(model, recipe);
  const drops = hasDropout(model.network);
  const dropoutSeeds = (step: number) =>
    drops ? [dropoutSeedAt(seed, step)] : [];
  const inputOf = (
    images: tf.Tensor4D,
    flips: tf.Tensor1D,
    colours: tf.Tensor2D,
  ) =>
    networkInput(images, normalisation, {
      flips,
      ...components !== false && { colours },
      ...components && { components },
    });
  const step = jit((
    images: tf.Tensor4D,
    labels: tf.Tensor1D,
    flips: tf.Tensor1D,
    colours: tf.Tensor2D,
    learningRate: tf.Scalar,
    ...[dropoutSeed]: tf.Tensor1D[]
  ) => {
    const input = inputOf(images, flips, colours);
    return update.run(input, labels, learningRate, dropoutSeed);
  }, { ...rest, precision });
  return {
    state: update.state,
    async run(
      { step: number, images, labels, flips, colours },
      rate = plannedRate(recipe, number),
    ) {
      const learningRate = tf.scalar(rate);
      const seeds = dropoutSeeds(number);
      try {
        const [loss, mistakes] = await step(
          images,
          labels,
          flips,
          colours,
          learningRate,
          ...seeds,
        );
        return { loss, mistakes, images: labels.size };
      } finally {
        tf.dispose([learningRate, ...seeds]);
      }
    },
    findNonFinite({ step: number, images, flips, colours }) {
      return tf.tidy(() => {
        const [dropoutSeed] = dropoutSeeds(number);
        const input = inputOf(images, flips, colours);
        return findNonFinite(model, input, { dropoutSeed });
      });
    },
    dispose() {
      step.dispose();
      update.dispose();
    },
  };
}

/** The rate by the schedule alone. */
function plannedRate(recipe: Recipe, step: number): number {
  const { plateau, warmUp } = recipe;
  const planned = warmUp === undefined || "steps" in warmUp;
  if (plateau === undefined && planned) return learningRateAt(recipe, step);
  throw new Error(
    "Expected the learning rate of a step, since the recipe's depends on errors, but found none: give run() that of a Schedule",
  );
}
