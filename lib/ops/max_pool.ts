import * as tf from "@tensorflow/tfjs";

/**
 * The largest value in each window, with a border on each side that no maximum
 * is taken from.
 *
 * @param x Images of shape `[batch, height, width, channels]`.
 * @param size Height and width of the window in pixels.
 * @param stride Step between windows in pixels.
 * @param padding Width of the border in pixels.
 */
export function maxPool(
  x: tf.Tensor4D,
  size: number,
  stride: number,
  padding: number,
): tf.Tensor4D {
  const border: [number, number] = [padding, padding];
  const bordered = padding === 0
    ? x
    : tf.pad(x, [[0, 0], border, border, [0, 0]], -Infinity);
  return tf.maxPool(bordered, size, stride, "valid");
}
