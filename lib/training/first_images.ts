import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../data/dataset.ts";
import { perPixelMean } from "../data/per_pixel_mean.ts";

/** Options of {@linkcode firstImages}. */
export interface FirstImagesOptions {
  /** Which of the data set's images. Default "train". */
  readonly on?: "train" | "test";
}

/**
 * The first training or test images as a network sees them when it is judged:
 * the training images' per-pixel mean subtracted, divided by 255, neither
 * cropped nor mirrored. The caller disposes of the tensors.
 *
 * @returns Images of shape `[count, height, width, channels]` and labels of
 * shape `[count]`.
 */
export function firstImages(
  { train, test, height, width, channels }: Dataset,
  count: number,
  { on = "train" }: FirstImagesOptions = {},
): { images: tf.Tensor4D; labels: tf.Tensor1D } {
  const source = on === "train" ? train : test;
  if (!Number.isInteger(count) || count < 1 || count > source.count) {
    throw new RangeError(
      `Expected count to be an integer from 1 to ${source.count} but found ${count}`,
    );
  }
  const mean = perPixelMean(train);
  const bytes = source.images.subarray(0, count * mean.length);
  const values = Float32Array.from(
    bytes,
    (byte, i) => (byte - (mean[i % mean.length] ?? 0)) / 255,
  );
  return {
    images: tf.tensor4d(values, [count, height, width, channels]),
    labels: tf.tensor1d(Int32Array.from(source.labels.subarray(0, count))),
  };
}
