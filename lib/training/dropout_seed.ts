import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../data/random.ts";
import type { Network } from "../networks/layer.ts";
import { operations } from "../networks/walk.ts";

/**
 * Stream of the seed that dropout's seeds are drawn from: the next one after
 * those of {@linkcode augmentationDraws}.
 */
const DROPOUT_STREAM = 2;

/**
 * What dropout draws from in one training step. It depends on the run's seed
 * and the step alone: a run that stopped goes on as it would have.
 *
 * @returns Of shape `[2]`, int32.
 */
export function dropoutSeedAt(seed: number, step: number): tf.Tensor1D {
  const random = createRandom(seed, DROPOUT_STREAM, step);
  return tf.tensor1d(Int32Array.of(random.uint32(), random.uint32()));
}

/** Whether a network has layers that draw random numbers in training. */
export function hasDropout(network: Network): boolean {
  return operations(network).some(({ layer }) => layer.kind === "dropout");
}
