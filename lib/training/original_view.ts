import * as tf from "@tensorflow/tfjs";
import { augment, PADDING } from "./augment.ts";
import type { SourceBatch } from "./image_source.ts";

/**
 * Images as a network sees them when it is judged, on the single original view
 * (R15 section 4.2): the per-pixel mean subtracted, divided by 255, neither
 * cropped nor mirrored.
 *
 * @param mean Per-pixel mean of shape `[height * width, channels]`, 0 to 255.
 * @param size Height and width of an image in pixels.
 * @returns Images of shape `[batch, height, width, channels]`.
 */
export function originalView(
  { pixels, indices }: Pick<SourceBatch, "pixels" | "indices">,
  mean: tf.Tensor2D,
  size: readonly [number, number],
): tf.Tensor4D {
  const count = indices.size;
  const original = {
    offsets: tf.fill([count, 2], PADDING, "int32") as tf.Tensor2D,
    flips: tf.zeros([count], "int32") as tf.Tensor1D,
  };
  return augment({ pixels, indices }, original, mean, size);
}
