import * as tf from "@tensorflow/tfjs";
import { pickPixels } from "./pick_pixels.ts";

/**
 * Every `stride`th pixel of `x`, with channels of zeros appended (R15 section
 * 3.3, option A).
 *
 * @param x Images of shape `[batch, height, width, inputs]`.
 * @param channels Number of output channels.
 * @returns Images of shape `[batch, height / stride, width / stride, channels]`.
 */
export function zeroPadShortcut(
  x: tf.Tensor4D,
  stride: number,
  channels: number,
): tf.Tensor4D {
  const picked = pickPixels(x, stride);
  const missing = channels - x.shape[3];
  return tf.pad(picked, [[0, 0], [0, 0], [0, 0], [0, missing]]);
}
