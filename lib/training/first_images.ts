import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../data/dataset.ts";
import { perPixelMean } from "../data/per_pixel_mean.ts";

/**
 * The first training images as a network sees them when it is judged: the
 * per-pixel mean subtracted, divided by 255, neither cropped nor mirrored. The
 * caller disposes of the tensors.
 *
 * @returns Images of shape `[count, height, width, channels]` and labels of
 * shape `[count]`.
 */
export function firstImages(
  { train, height, width, channels }: Dataset,
  count: number,
): { images: tf.Tensor4D; labels: tf.Tensor1D } {
  if (!Number.isInteger(count) || count < 1 || count > train.count) {
    throw new RangeError(
      `Expected count to be an integer from 1 to ${train.count} but found ${count}`,
    );
  }
  const mean = perPixelMean(train);
  const bytes = train.images.subarray(0, count * mean.length);
  const values = Float32Array.from(
    bytes,
    (byte, i) => (byte - (mean[i % mean.length] ?? 0)) / 255,
  );
  return {
    images: tf.tensor4d(values, [count, height, width, channels]),
    labels: tf.tensor1d(Int32Array.from(train.labels.subarray(0, count))),
  };
}
