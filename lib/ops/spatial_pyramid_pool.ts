import * as tf from "@tensorflow/tfjs";

/**
 * The largest values over grids of windows that cover the image (He et al.
 * 2014, "Spatial pyramid pooling in deep convolutional networks"). Of `n * n`
 * bins, the one at row `i` covers the pixel rows from `floor(i * height / n)` up
 * to, but not with, `ceil((i + 1) * height / n)`; columns likewise.
 *
 * @param x Images of shape `[batch, height, width, channels]`.
 * @param bins `n` of each grid.
 * @returns Of shape `[batch, sum of n * n * channels]`, grid after grid.
 */
export function spatialPyramidPool(
  x: tf.Tensor4D,
  bins: readonly number[],
): tf.Tensor2D {
  const [batch, , , channels] = x.shape;
  const grids = bins.map((count) => {
    const rows = maxOfBins(x, count, 1); // [N, n, width, channels]
    const grid = maxOfBins(rows, count, 2); // [N, n, n, channels]
    return tf.reshape(grid, [batch, count * count * channels]);
  });
  return tf.concat(grids, 1) as tf.Tensor2D;
}

/** The largest values of `count` bins along rows (axis 1) or columns (2). */
function maxOfBins(x: tf.Tensor4D, count: number, axis: 1 | 2): tf.Tensor4D {
  const length = x.shape[axis];
  if (length % count === 0) return maxOf(x, length / count, axis);
  const slices = Array.from({ length: count }, (_, i) => {
    const start = Math.floor(i * length / count);
    const size = Math.ceil((i + 1) * length / count) - start;
    const begin = [0, 0, 0, 0];
    const sizes = [...x.shape];
    begin[axis] = start;
    sizes[axis] = size;
    return maxOf(tf.slice(x, begin, sizes), size, axis);
  });
  return tf.concat(slices, axis);
}

/** The largest of every `size` pixels along one axis. */
function maxOf(x: tf.Tensor4D, size: number, axis: 1 | 2): tf.Tensor4D {
  // Not tf.max, whose gradient goes to all of several largest values.
  const window: [number, number] = axis === 1 ? [size, 1] : [1, size];
  return tf.maxPool(x, window, window, "valid");
}
