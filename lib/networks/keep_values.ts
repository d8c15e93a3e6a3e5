import * as tf from "@tensorflow/tfjs";
import type { Model } from "./model.ts";
import { takeSnapshot } from "./snapshot.ts";

/**
 * Runs a model, and gives it back the values it had: forward passes in training
 * mode change running statistics. Frees what `run` makes and does not return.
 */
export function keepValues<T extends tf.TensorContainer>(
  model: Model,
  run: () => T,
): T {
  const before = takeSnapshot(model.variables);
  try {
    return tf.tidy(run);
  } finally {
    before.restore();
    before.dispose();
  }
}
