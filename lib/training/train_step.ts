import * as tf from "@tensorflow/tfjs";
import { jit, type JitOptions, type Jitted } from "../backends/jit.ts";
import type { AugmentationDraw } from "../data/batches.ts";
import type { Model } from "../networks/model.ts";
import type { TensorSpec } from "../networks/parameters.ts";
import { momentumUpdate } from "../ops/momentum_update.ts";
import { softmaxCrossEntropy } from "../ops/softmax_cross_entropy.ts";
import { augment, type Crops, PADDING } from "./augment.ts";
import { dropoutSeedAt, hasDropout } from "./dropout_seed.ts";
import { findNonFinite } from "./find_non_finite.ts";
import type { ImageSource } from "./image_source.ts";
import { learningRateAt, type Recipe } from "./recipe.ts";

/** What one step reports: tensors, so that nobody has to wait for them. */
export interface StepResult {
  /** Mean cross entropy of the mini-batch, before the update. */
  readonly loss: tf.Scalar;
  /** Number of images of the mini-batch that were classified wrongly. */
  readonly mistakes: tf.Scalar;
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
    draw: AugmentationDraw,
    step: number,
    learningRate?: number,
  ): Promise<StepResult>;
  /** Names where numbers stop being finite (see {@linkcode findNonFinite}). */
  findNonFinite(draw: AugmentationDraw, step: number): string;
  /** Frees the velocities and the traced function, not the model. */
  dispose(): void;
}

/** Options of {@linkcode trainStep}. */
export interface TrainStepOptions extends JitOptions {
  /**
   * What dropout draws from, with the step's number: a whole number from 0 to
   * 2^32 - 1. Networks without dropout need none.
   */
  readonly seed?: number;
}

/**
 * Makes the step that trains a model: augmentation, forward pass, gradients
 * and update in one, run as one (see {@linkcode jit}).
 *
 * @param mean Per-pixel mean of shape `[height * width, channels]`, 0 to 255.
 * @throws {Error} If the backend cannot train, or the network has dropout and
 * there is no seed.
 */
export function trainStep(
  model: Model,
  source: ImageSource,
  mean: tf.Tensor2D,
  recipe: Recipe,
  { seed, ...options }: TrainStepOptions = {},
): TrainStep {
  checkCanTrain();
  const drops = hasDropout(model.network);
  if (drops && seed === undefined) {
    throw new Error(
      `Expected a seed for the dropout of ${model.network.name} but found none`,
    );
  }
  const dropoutSeeds = (step: number) =>
    drops && seed !== undefined ? [dropoutSeedAt(seed, step)] : [];
  const [height, width] = model.network.input;
  const parameters = model.specs.filter(({ trainable }) => trainable)
    .map((spec) => {
      const variable = model.tensor(spec.name);
      return {
        name: spec.name,
        variable,
        velocity: tf.tidy(() => tf.variable(tf.zerosLike(variable), false)),
        decays: decays(recipe, spec),
      };
    });
  const variables = parameters.map(({ variable }) => variable);

  const step: Jitted<StepInputs, [tf.Scalar, tf.Scalar]> = jit((
    pixels,
    indices,
    labels,
    offsets,
    flips,
    learningRate,
    dropoutSeed,
  ) => {
    const images = augment({ pixels, indices }, { offsets, flips }, mean, [
      height,
      width,
    ]);
    let mistakes: tf.Scalar | undefined;
    const { value: loss, grads } = tf.variableGrads(() => {
      const logits = model.forward(images, { training: true, dropoutSeed });
      mistakes = tf.keep(countMistakes(logits, labels));
      return softmaxCrossEntropy(logits, labels);
    }, variables);
    const { momentum, weightDecay } = recipe;
    for (const { variable, velocity, decays } of parameters) {
      const gradient = grads[variable.name];
      if (gradient === undefined) {
        throw new Error(`Expected a gradient of ${variable.name}`);
      }
      momentumUpdate(variable, velocity, gradient, {
        learningRate,
        momentum,
        weightDecay: decays ? weightDecay : 0,
      });
    }
    if (mistakes === undefined) throw new Error("The forward pass did not run");
    return [loss, mistakes];
  }, options);

  return {
    state: new Map([
      ...model.specs.map(({ name }) => [name, model.tensor(name)] as const),
      ...parameters.map(({ name, velocity }) =>
        [`${name}/velocity`, velocity] as const
      ),
    ]),
    async run(draw, number, rate = learningRateAt(recipe, number)) {
      const batch = source.batch(draw.indices);
      const { offsets, flips } = cropsOf(draw, recipe);
      const learningRate = tf.scalar(rate);
      const seeds = dropoutSeeds(number);
      try {
        const { pixels, indices, labels } = batch;
        const [loss, mistakes] = await step(
          pixels,
          indices,
          labels,
          offsets,
          flips,
          learningRate,
          ...seeds,
        );
        return { loss, mistakes };
      } finally {
        batch.free();
        tf.dispose([offsets, flips, learningRate, ...seeds]);
      }
    },
    findNonFinite(draw, number) {
      const batch = source.batch(draw.indices);
      try {
        return tf.tidy(() => {
          const [dropoutSeed] = dropoutSeeds(number);
          const crops = cropsOf(draw, recipe);
          const images = augment(batch, crops, mean, [height, width]);
          return findNonFinite(model, images, { dropoutSeed });
        });
      } finally {
        batch.free();
      }
    },
    dispose() {
      step.dispose();
      parameters.forEach(({ velocity }) => velocity.dispose());
    },
  };
}

function decays({ decayOn }: Recipe, { role }: TensorSpec): boolean {
  if (decayOn === "kernels") return role === "kernel";
  // It would push a parametric ReLU towards a plain one (He et al. 2015).
  return role !== "slope";
}

/** tfjs's WebAssembly backend can run networks, not train them. */
function checkCanTrain(): void {
  const backend = tf.getBackend();
  if (tf.getKernel("Conv2DBackpropFilter", backend) !== undefined) return;
  throw new Error(
    `Expected a backend that can train but found "${backend}", which has no gradient of convolutions: run \`deno task setup\` for TensorFlow, or use a GPU by WebGPU`,
  );
}

function cropsOf(
  { offsets, flips }: AugmentationDraw,
  { augmentation = "crops" }: Recipe,
): Crops {
  if (augmentation === "none") {
    return {
      offsets: tf.fill([flips.length, 2], PADDING, "int32"),
      flips: tf.zeros([flips.length], "int32"),
    };
  }
  return {
    offsets: tf.tensor2d(offsets, [flips.length, 2]),
    flips: tf.tensor1d(flips),
  };
}

type StepInputs = [
  pixels: tf.Tensor2D,
  indices: tf.Tensor1D,
  labels: tf.Tensor1D,
  offsets: tf.Tensor2D,
  flips: tf.Tensor1D,
  learningRate: tf.Scalar,
  // Of networks with dropout only.
  ...dropoutSeed: tf.Tensor1D[],
];

/** Number of rows of `logits` whose largest value is not at the label. */
export function countMistakes(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
): tf.Scalar {
  const predicted = tf.argMax(logits, 1);
  return tf.sum(tf.cast(tf.notEqual(predicted, labels), "float32"));
}
