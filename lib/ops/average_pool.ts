import * as tf from "@tensorflow/tfjs";
import { withBorder } from "./max_pool.ts";
import { countWindows, type Windows } from "./windows.ts";

/**
 * The mean of each window. A border's zeros count as values (PyTorch's
 * `count_include_pad`); what a window of rounding "ceil" has beyond the border
 * does not.
 *
 * @param x Images of shape `[batch, height, width, channels]`.
 * @param windows `padding` is the width of the border.
 */
export function averagePool(x: tf.Tensor4D, windows: Windows): tf.Tensor4D {
  const { size, stride } = windows;
  const means = tf.avgPool(withBorder(x, windows, 0), size, stride, "valid");
  const [, height, width] = x.shape;
  const rows = countsOf(height, windows);
  const columns = countsOf(width, windows);
  const factors = rows.flatMap((row) =>
    columns.map((column) => size * size / (row * column))
  );
  if (factors.every((factor) => factor === 1)) return means;
  const shape = [1, rows.length, columns.length, 1];
  return tf.mul(means, tf.tensor(factors, shape));
}

/** Pixels of each window along one side, the border's among them. */
function countsOf(length: number, windows: Windows): number[] {
  const { size, stride, padding } = windows;
  const end = length + 2 * padding;
  return Array.from(
    { length: countWindows(length, windows) },
    (_, i) => Math.min(size, end - i * stride),
  );
}
