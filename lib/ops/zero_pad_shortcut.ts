import * as tf from "@tensorflow/tfjs";

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
  // Pooling over windows of one pixel picks pixels; tfjs's strided slice, which
  // would say it more plainly, has no gradient.
  const picked = stride === 1 ? x : tf.avgPool(x, 1, stride, "valid");
  const missing = channels - x.shape[3];
  return tf.pad(picked, [[0, 0], [0, 0], [0, 0], [0, missing]]);
}
