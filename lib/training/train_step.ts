import * as tf from "@tensorflow/tfjs";
import { jit, type JitOptions, type Jitted } from "../backends/jit.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import type { Model } from "../networks/model.ts";
import { gatherRows } from "../ops/gather_rows.ts";
import { augment, type Crops, PADDING } from "./augment.ts";
import type { TableDraw } from "./draw_table.ts";
import { dropoutSeedAt, hasDropout } from "./dropout_seed.ts";
import { findNonFinite } from "./find_non_finite.ts";
import type { ImageSource, ResidentImages } from "./image_source.ts";
import { modelUpdate } from "./model_update.ts";
import { learningRateAt, type Recipe } from "./recipe.ts";

/** What one step reports: tensors, so that nobody has to wait for them. */
export interface StepResult {
  /** Mean cross entropy of the mini-batch, before the update. */
  readonly loss: tf.Scalar;
  /** Number of images of the mini-batch that were classified wrongly. */
  readonly mistakes: tf.Scalar;
  /** Images of the mini-batch. */
  readonly images: number;
}

/** A network's training step. */
export interface TrainStep {
  /**
   * All that a step changes, by name: the network's tensors, and velocities such
   * as "conv/kernel/velocity".
   */
  readonly state: ReadonlyMap<string, tf.Variable>;
  /**
   * Trains on the mini-batch that was drawn, as update number `step`.
   *
   * @param learningRate Default what the recipe's schedule has at this step.
   */
  run(
    draw: TableDraw,
    step: number,
    learningRate?: number,
  ): Promise<StepResult>;
  /** Names where numbers stop being finite (see {@linkcode findNonFinite}). */
  findNonFinite(draw: TableDraw, step: number): string;
  /** Frees the velocities and the traced function, not the model. */
  dispose(): void;
}

/** Options of {@linkcode trainStep}. */
export interface TrainStepOptions extends Omit<JitOptions, "precision"> {
  /**
   * What dropout draws from, with the step's number: a whole number from 0 to
   * 2^32 - 1. Networks without dropout need none.
   */
  readonly seed?: number;
}

const OPTIONS: OptionNames<TrainStepOptions> = { seed: true, xla: true };

/**
 * Makes the step that trains a model: augmentation, forward pass, gradients
 * and update in one, run as one (see {@linkcode jit}).
 *
 * @param mean Per-pixel mean of shape `[height * width, channels]`, 0 to 255.
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {Error} If the network has dropout and there is no seed.
 */
export function trainStep(
  model: Model,
  source: ImageSource,
  mean: tf.Tensor2D,
  recipe: Recipe,
  options: TrainStepOptions = {},
): TrainStep {
  checkOptions(options, OPTIONS);
  const { seed, ...rest } = options;
  const { precision = "float32" } = recipe;
  const drops = hasDropout(model.network);
  if (drops && seed === undefined) {
    throw new Error(
      `Expected a seed for the dropout of ${model.network.name} but found none`,
    );
  }
  const dropoutSeeds = (step: number) =>
    drops && seed !== undefined ? [dropoutSeedAt(seed, step)] : [];
  const [height, width] = model.network.input;
  const update = modelUpdate(model, recipe);

  const resident = source.resident !== undefined;
  /** The mini-batch of a draw, as the network gets it. */
  const batchOf = (
    data: ResidentImages,
    table: tf.Tensor2D,
    first: tf.Scalar,
  ) => {
    const places = tf.range(0, recipe.batchSize, 1, "int32");
    const rows = gatherRows(table, tf.add(places, first)).toInt();
    const [drawn, offsets, flips] = tf.split(rows, [1, 2, 1], 1);
    if (!drawn || !offsets || !flips) throw new Error("Expected three parts");
    // Of images that were uploaded for this step all are taken, in order.
    const indices = (resident ? drawn.flatten() : places) as tf.Tensor1D;
    const images = augment(
      { pixels: data.pixels, indices },
      cropsOf(
        { offsets: offsets as tf.Tensor2D, flips: flips.flatten() },
        recipe,
      ),
      mean,
      [height, width],
    );
    return {
      images,
      labels: gatherRows(data.labels, indices).flatten().toInt(),
    };
  };

  const step: Jitted<StepInputs, [tf.Scalar, tf.Scalar]> = jit((
    pixels,
    allLabels,
    table,
    first,
    learningRate,
    dropoutSeed,
  ) => {
    const data = { pixels, labels: allLabels };
    const { images, labels } = batchOf(data, table, first);
    return update.run(images, labels, learningRate, dropoutSeed);
  }, { ...rest, precision });

  return {
    state: update.state,
    async run(draw, number, rate = learningRateAt(recipe, number)) {
      const { pixels, labels, free } = dataOf(source, draw);
      const first = tf.scalar(draw.first, "int32");
      const learningRate = tf.scalar(rate);
      const seeds = dropoutSeeds(number);
      try {
        const [loss, mistakes] = await step(
          pixels,
          labels,
          draw.table,
          first,
          learningRate,
          ...seeds,
        );
        return { loss, mistakes, images: recipe.batchSize };
      } finally {
        free();
        tf.dispose([first, learningRate, ...seeds]);
      }
    },
    findNonFinite(draw, number) {
      const data = dataOf(source, draw);
      try {
        return tf.tidy(() => {
          const [dropoutSeed] = dropoutSeeds(number);
          const first = tf.scalar(draw.first, "int32");
          const { images } = batchOf(data, draw.table, first);
          return findNonFinite(model, images, { dropoutSeed });
        });
      } finally {
        data.free();
      }
    },
    dispose() {
      step.dispose();
      update.dispose();
    },
  };
}

/** All images where they are resident, else those of a draw, uploaded. */
function dataOf(
  source: ImageSource,
  { indices }: TableDraw,
): ResidentImages & { free(): void } {
  if (source.resident !== undefined) return { ...source.resident, free() {} };
  const { pixels, labels, free } = source.batch(indices);
  const column = tf.tidy(() => labels.toFloat().expandDims<tf.Tensor2D>(1));
  return {
    pixels,
    labels: column,
    free() {
      column.dispose();
      free();
    },
  };
}

/** The crops that were drawn, or the images as they are. */
function cropsOf(drawn: Crops, { augmentation = "crops" }: Recipe): Crops {
  if (augmentation === "crops") return drawn;
  return {
    offsets: tf.fill([drawn.flips.size, 2], PADDING, "int32"),
    flips: tf.zeros([drawn.flips.size], "int32"),
  };
}

type StepInputs = [
  pixels: tf.Tensor2D,
  labels: tf.Tensor2D,
  table: tf.Tensor2D,
  first: tf.Scalar,
  learningRate: tf.Scalar,
  // Of networks with dropout only.
  ...dropoutSeed: tf.Tensor1D[],
];
