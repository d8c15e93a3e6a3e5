import type * as tf from "@tensorflow/tfjs";
import type { ForwardOptions, Model } from "./model.ts";
import { networkUntil } from "./network_until.ts";
import { runLayers } from "./run_layers.ts";

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
  const { layers } = networkUntil(model.network, path);
  return runLayers(model, layers, images, options);
}
