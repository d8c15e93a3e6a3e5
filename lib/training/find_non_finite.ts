import * as tf from "@tensorflow/tfjs";
import { keepValues } from "../networks/keep_values.ts";
import type { ForwardOptions, Model } from "../networks/model.ts";

/**
 * Names where values of a network stop being finite numbers: the first of its
 * tensors that holds NaN or Inf, else the first operation whose output does on
 * this mini-batch. All operations give finite outputs: "the loss".
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @param options `dropoutSeed`, if the network has dropout.
 */
export function findNonFinite(
  model: Model,
  images: tf.Tensor4D,
  { dropoutSeed }: Pick<ForwardOptions, "dropoutSeed"> = {},
): string {
  for (const { name } of model.specs) {
    if (!isFinite(model.tensor(name))) return name;
  }
  let found: string | undefined;
  const observe = (path: string, output: tf.Tensor) => {
    if (found === undefined && !isFinite(output)) found = path;
  };
  keepValues(model, () => {
    model.logits(images, { training: true, observe, dropoutSeed });
  });
  return found ?? "the loss";
}

function isFinite(tensor: tf.Tensor): boolean {
  return tf.tidy(() => tf.isFinite(tensor).all().dataSync()[0] === 1);
}
