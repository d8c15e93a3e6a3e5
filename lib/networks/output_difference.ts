import * as tf from "@tensorflow/tfjs";
import type { Model } from "./model.ts";

/**
 * The largest difference between the logits of two networks for the same
 * images, with running statistics.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 */
export async function outputDifference(
  first: Model,
  second: Model,
  images: tf.Tensor4D,
): Promise<number> {
  const largest = tf.tidy(() =>
    tf.max(tf.abs(tf.sub(first.logits(images), second.logits(images))))
  );
  const [value = NaN] = await largest.data();
  largest.dispose();
  return value;
}
