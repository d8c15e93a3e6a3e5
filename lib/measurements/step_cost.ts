import * as tf from "@tensorflow/tfjs";
import { jit } from "../backends/jit.ts";
import { checkInteger } from "../data/check_integer.ts";
import { countMultiplyAdds } from "../networks/count.ts";
import type { Network } from "../networks/layer.ts";
import { buildModel, type Model } from "../networks/model.ts";

/** What a training step costs. */
export interface StepCost {
  /** The network's name. */
  readonly network: string;
  /** Multiply-adds of the forward pass of all images. */
  readonly multiplyAdds: number;
  /** Of a step, traced as one, in ms: the shortest of those that were timed. */
  readonly milliseconds: number;
  /**
   * The most that the step's tensors take at a time, in bytes, when it runs op
   * by op: what is kept for the gradient, for the greater part. Parameters and
   * images are not counted.
   */
  readonly peakBytes: number;
}

/** Options of {@linkcode stepCost}. */
export interface StepCostOptions {
  /** Images of a step. Default 4. */
  readonly batchSize?: number;
  /** Steps that are timed, after one that is not. Default 5. */
  readonly times?: number;
}

/**
 * Measures what a training step of a network, or of a part of one, costs in
 * time and memory: forward pass, and gradients by all that it learns, of the
 * mean of the squares of its outputs, on images of random numbers.
 *
 * @throws {RangeError} If a number is not an integer of at least 1.
 * @throws {Error} If the network learns nothing.
 */
export async function stepCost(
  network: Network,
  { batchSize = 4, times = 5 }: StepCostOptions = {},
): Promise<StepCost> {
  checkInteger(batchSize, "batchSize", 1);
  checkInteger(times, "times", 1);
  const model = buildModel(network, { seed: 0 });
  const images = tf.randomNormal<tf.Rank.R4>(
    [batchSize, ...network.input],
    0,
    1,
    "float32",
    0,
  );
  try {
    return {
      network: network.name,
      multiplyAdds: batchSize * countMultiplyAdds(network),
      peakBytes: await peakOf(() => gradients(model, images)),
      milliseconds: await timeOf(model, images, times),
    };
  } finally {
    images.dispose();
    model.dispose();
  }
}

/** A number that all gradients enter, so that none is left out. */
function gradients(model: Model, images: tf.Tensor4D): tf.Scalar {
  const learned = model.specs.filter(({ trainable }) => trainable)
    .map(({ name }) => model.tensor(name));
  const { value, grads } = tf.variableGrads(
    () => tf.mean(tf.square(model.forward(images, { training: true }))),
    learned,
  );
  const sums = Object.values(grads).map((gradient) => tf.sum(gradient));
  return tf.addN([value, ...sums]) as tf.Scalar;
}

async function peakOf(step: () => tf.Scalar): Promise<number> {
  const before = tf.memory().numBytes;
  const { peakBytes, result } = await tf.profile(() => tf.tidy(step));
  tf.dispose(result);
  return peakBytes - before;
}

async function timeOf(
  model: Model,
  images: tf.Tensor4D,
  times: number,
): Promise<number> {
  const step = jit((images: tf.Tensor4D) => [gradients(model, images)]);
  const took: number[] = [];
  try {
    for (let i = 0; i <= times; i++) {
      const start = performance.now();
      const [sum] = await step(images);
      await sum.data(); // a GPU is done when its numbers are there
      if (i > 0) took.push(performance.now() - start);
      sum.dispose();
    }
  } finally {
    step.dispose();
  }
  // The least: whatever else runs on the machine only adds to it.
  return Math.min(...took);
}
