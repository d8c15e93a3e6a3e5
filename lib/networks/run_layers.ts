import * as tf from "@tensorflow/tfjs";
import { checkImages } from "./check_images.ts";
import { forward } from "./forward.ts";
import type { Layer } from "./layer.ts";
import type { ForwardOptions, Model } from "./model.ts";

/**
 * Runs layers of a model on images: all of them, or those up to one.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @returns The output of the last layer.
 * @throws {Error} If they are not images as the network reads them.
 */
export function runLayers(
  model: Pick<Model, "network" | "tensor">,
  layers: readonly Layer[],
  images: tf.Tensor4D,
  options: ForwardOptions,
): tf.Tensor {
  checkImages(model.network, images);
  const { training = false, observe, tap, tapUnit, dropoutSeed } = options;
  return tf.tidy(() => {
    const x = tap?.("", images) ?? images;
    const output = forward(layers, x, {
      tensor: (name) => model.tensor(name),
      training,
      observe,
      tap,
      tapUnit,
      dropoutSeed,
    });
    // The caller may dispose of what it gets: never of the images.
    return output === images ? tf.clone(output) : output;
  });
}
