import * as tf from "@tensorflow/tfjs";
import { checkImages } from "./check_images.ts";
import { forward } from "./forward.ts";
import type { ForwardOptions, Model } from "./model.ts";
import { networkUntil } from "./network_until.ts";

/**
 * The output of a layer of a network; what comes after it does not run.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @param path Of any layer that has a name, such as "stage1/unit2" or
 * "stage1/unit2/conv1"; empty for the images.
 * @returns Of shape `[batch, height, width, channels]` or `[batch, features]`.
 * @throws {Error} If the network has no such layer, or these are not images as
 * it reads them.
 */
export function forwardUntil(
  model: Model,
  images: tf.Tensor4D,
  path: string,
  options: ForwardOptions = {},
): tf.Tensor {
  const { training = false, observe, tap, tapUnit, dropoutSeed } = options;
  checkImages(model.network, images);
  const { layers } = networkUntil(model.network, path);
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
