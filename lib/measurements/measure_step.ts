import type * as tf from "@tensorflow/tfjs";
import { jit } from "../backends/jit.ts";
import type { Model } from "../networks/model.ts";
import { takeSnapshot } from "../networks/snapshot.ts";
import type { MeasureOptions } from "./measure_options.ts";

/** Runs a model, and measures what is to be known of it: one small tensor. */
export type Measurement = (
  images: tf.Tensor4D,
  options: MeasureOptions,
) => tf.Tensor;

/**
 * Runs a measurement as one step (see {@linkcode jit}), so that what a layer
 * gives is freed as soon as nothing more needs it, and gives the model back the
 * values it had: forward passes in training mode change running statistics.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @returns The values that the measurement gives.
 */
export async function measureStep(
  model: Model,
  images: tf.Tensor4D,
  options: MeasureOptions,
  measure: Measurement,
): Promise<Float32Array> {
  const { training = false, dropoutSeed } = options;
  const before = takeSnapshot(model.variables);
  const step = jit((images: tf.Tensor4D, ...seeds: tf.Tensor1D[]) => {
    return [measure(images, { training, dropoutSeed: seeds[0] })];
  });
  try {
    const seeds = dropoutSeed === undefined ? [] : [dropoutSeed];
    const [measured] = await step(images, ...seeds);
    const values = await measured.data() as Float32Array;
    measured.dispose();
    return values;
  } finally {
    step.dispose();
    before.restore();
    before.dispose();
  }
}
