import * as tf from "@tensorflow/tfjs";

/**
 * Every `stride`th pixel of `x`.
 *
 * @param x Images of shape `[batch, height, width, channels]`.
 * @returns Images of shape `[batch, ceil(height / stride), ceil(width / stride),
 * channels]`.
 */
export function pickPixels(x: tf.Tensor4D, stride: number): tf.Tensor4D {
  // Pooling over windows of one pixel picks pixels; tfjs's strided slice, which
  // would say it more plainly, has no gradient.
  return stride === 1 ? x : tf.avgPool(x, 1, stride, "valid");
}
