import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../data/dataset.ts";
import { perPixelMean } from "../data/per_pixel_mean.ts";
import type { Model } from "../networks/model.ts";
import { checkCount } from "./evaluate.ts";
import { imageSource } from "./image_source.ts";
import { originalView } from "./original_view.ts";

/** What a network takes an image for. */
export interface Guess {
  /** Name of the class of the largest logit. */
  readonly guess: string;
  /** Its softmax, 0 to 1: how sure the network is. */
  readonly probability: number;
  /** Name of the image's own class. */
  readonly label: string;
}

/**
 * What a network takes the first test images for, with running statistics, on
 * the single original view.
 *
 * @param count Number of images.
 * @throws {RangeError} If `count` is not an integer from 1 to the number of
 * test images.
 */
export async function guesses(
  model: Model,
  dataset: Dataset,
  count: number,
): Promise<Guess[]> {
  const { test, train, height, width, channels, classes } = dataset;
  checkCount(count, test.count);
  const pixels = height * width;
  const source = imageSource(test, pixels);
  const batch = source.batch(Int32Array.from({ length: count }, (_, i) => i));
  const chances = tf.tidy(() => {
    const mean = tf.tensor2d(perPixelMean(train), [pixels, channels]);
    const images = originalView(batch, mean, [height, width]);
    return tf.softmax(model.logits(images)); // [count, classes]
  });
  try {
    const rows = await chances.array() as number[][];
    return rows.map((row, i) => {
      const probability = Math.max(...row);
      return {
        guess: nameOf(classes, row.indexOf(probability)),
        probability,
        label: nameOf(classes, test.labels[i] ?? -1),
      };
    });
  } finally {
    chances.dispose();
    batch.free();
    source.dispose();
  }
}

function nameOf(classes: readonly string[], label: number): string {
  return classes[label] ?? `class ${label}`;
}
