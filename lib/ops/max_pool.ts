import * as tf from "@tensorflow/tfjs";
import { pixelsBeyond, type Windows } from "./windows.ts";

/**
 * The largest value in each window, with a border on each side that no maximum
 * is taken from.
 *
 * @param x Images of shape `[batch, height, width, channels]`.
 * @param windows `padding` is the width of the border.
 */
export function maxPool(x: tf.Tensor4D, windows: Windows): tf.Tensor4D {
  const { size, stride } = windows;
  const bordered = withBorder(x, windows, -Infinity);
  return tf.maxPool(bordered, size, stride, "valid");
}

/** Images with a border on each side, and what windows need beyond it. */
export function withBorder(
  x: tf.Tensor4D,
  windows: Windows,
  value: number,
): tf.Tensor4D {
  const { padding } = windows;
  const [, height, width] = x.shape;
  const rows = padding + pixelsBeyond(height, windows);
  const columns = padding + pixelsBeyond(width, windows);
  if (rows === 0 && columns === 0) return x;
  const borders: [number, number][] = [
    [0, 0],
    [padding, rows],
    [padding, columns],
    [0, 0],
  ];
  return tf.pad(x, borders, value);
}
