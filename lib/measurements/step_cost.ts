import * as tf from "@tensorflow/tfjs";
import { jit, type Jitted } from "../backends/jit.ts";
import { checkInteger } from "../data/check_integer.ts";
import { countMultiplyAdds } from "../networks/count.ts";
import type { Network } from "../networks/layer.ts";
import { build, type Model } from "../networks/model.ts";

/** What a training step costs. */
export interface StepCost {
  /** The network's name. */
  readonly network: string;
  /** Multiply-adds of the forward pass of all images. */
  readonly multiplyAdds: number;
  /** Of a step, traced as one, in ms: the shortest of those timed. */
  readonly milliseconds: number;
  /**
   * The most that the step's tensors take at a time, in bytes, when it runs op
   * by op: what is kept for the gradient, for the greater part. Parameters and
   * images are not counted.
   */
  readonly peakBytes: number;
}

/** Options of {@linkcode stepCosts}. */
export interface StepCostOptions {
  /** Images of a step. Default 4. */
  readonly batchSize?: number;
  /** Steps of each that are timed, after one that is not. Default 5. */
  readonly times?: number;
}

/**
 * Measures what a training step of networks, or of parts of one, costs in time
 * and memory: forward pass, and gradients by all that they learn, of the mean of
 * the squares of their outputs, on images of random numbers.
 *
 * Networks are timed in turns, so that what else the machine does meanwhile is
 * to the disadvantage of none.
 *
 * @returns A cost for each network, in their order.
 * @throws {RangeError} If a number is not an integer of at least 1.
 * @throws {Error} If a network learns nothing.
 */
export async function stepCosts(
  networks: readonly Network[],
  { batchSize = 4, times = 5 }: StepCostOptions = {},
): Promise<StepCost[]> {
  checkInteger(batchSize, "batchSize", 1);
  checkInteger(times, "times", 1);
  const contenders = networks.map((network) => contender(network, batchSize));
  try {
    const peaks: number[] = [];
    for (const { model, images } of contenders) {
      peaks.push(await peakOf(() => gradients(model, images)));
    }
    for (const one of contenders) await timeOf(one); // tracing takes its time
    // The least: whatever else runs on the machine only adds to it.
    const least = contenders.map(() => Infinity);
    for (let round = 0; round < times; round++) {
      for (const [i, one] of contenders.entries()) {
        least[i] = Math.min(least[i]!, await timeOf(one));
      }
    }
    return networks.map((network, i) => ({
      network: network.name,
      multiplyAdds: batchSize * countMultiplyAdds(network),
      milliseconds: least[i]!,
      peakBytes: peaks[i]!,
    }));
  } finally {
    contenders.forEach((one) => one.dispose());
  }
}

/** A network with images for it. */
interface Contender {
  readonly model: Model;
  readonly images: tf.Tensor4D;
  readonly step: Jitted<[tf.Tensor4D], readonly [tf.Scalar]>;
  dispose(): void;
}

function contender(network: Network, batchSize: number): Contender {
  const model = build(network, { seed: 0 });
  const shape: [number, number, number, number] = [
    batchSize,
    ...network.input,
  ];
  const images = tf.randomNormal<tf.Rank.R4>(shape, 0, 1, "float32", 0);
  const step = jit((images: tf.Tensor4D) => [gradients(model, images)]);
  return {
    ...{ model, images, step },
    dispose() {
      step.dispose();
      images.dispose();
      model.dispose();
    },
  };
}

async function timeOf({ step, images }: Contender): Promise<number> {
  const start = performance.now();
  const [sum] = await step(images);
  await sum.data(); // a GPU is done when its numbers are there
  sum.dispose();
  return performance.now() - start;
}

/** A number that all gradients enter, so that none is left out. */
function gradients(model: Model, images: tf.Tensor4D): tf.Scalar {
  const learned = model.specs.filter(({ trainable }) => trainable)
    .map(({ name }) => model.tensor(name));
  const { value, grads } = tf.variableGrads(
    () => tf.mean(tf.square(model.logits(images, { training: true }))),
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
