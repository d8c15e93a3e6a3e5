import * as tf from "@tensorflow/tfjs";

/**
 * `max(x, 0) + slope * min(x, 0)` (He et al. 2015, "Delving deep into
 * rectifiers", eq. 1).
 *
 * @param x Of any shape that ends in channels.
 * @param slope Of shape `[channels]`.
 */
export function parametricRelu<T extends tf.Tensor>(
  x: T,
  slope: tf.Tensor1D,
): T {
  // In ReLUs, whose gradient is one op; min(x, 0) is -max(-x, 0).
  const negative = tf.relu(tf.neg(x));
  return tf.sub(tf.relu(x), tf.mul(slope, negative));
}
