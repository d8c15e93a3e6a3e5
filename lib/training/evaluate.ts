import * as tf from "@tensorflow/tfjs";
import { jit, type Jitted } from "../backends/jit.ts";
import type { Dataset } from "../data/dataset.ts";
import { perPixelMean } from "../data/per_pixel_mean.ts";
import type { Model } from "../networks/model.ts";
import { softmaxCrossEntropy } from "../ops/softmax_cross_entropy.ts";
import { augment, PADDING } from "./augment.ts";
import { type ImageSource, imageSource } from "./image_source.ts";
import { countMistakes } from "./train_step.ts";

/** How well a network does on images. */
export interface Evaluation {
  /** Mean cross entropy. */
  readonly loss: number;
  /** Images classified wrongly, in percent. */
  readonly error: number;
}

/** Judges a model, with running statistics, on the single original view. */
export interface Evaluator {
  /** Judges the first `count` images; all of them if left out. */
  run(count?: number): Promise<Evaluation>;
  /** Frees the traced function. */
  dispose(): void;
}

/**
 * Makes the evaluation of a model.
 *
 * @param mean Per-pixel mean of the images it learned from, of shape
 * `[height * width, channels]`, 0 to 255.
 * @param batchSize Images at a time.
 */
export function evaluator(
  model: Model,
  source: ImageSource,
  mean: tf.Tensor2D,
  batchSize = 100,
): Evaluator {
  const [height, width] = model.network.input;
  const judge: Jitted<
    [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D],
    [tf.Scalar, tf.Scalar]
  > = jit((pixels, indices, labels) => {
    const count = labels.size;
    const original = {
      offsets: tf.fill([count, 2], PADDING, "int32") as tf.Tensor2D,
      flips: tf.zeros([count], "int32") as tf.Tensor1D,
    };
    const images = augment({ pixels, indices }, original, mean, [
      height,
      width,
    ]);
    const logits = model.forward(images);
    const loss = tf.mul(softmaxCrossEntropy(logits, labels), count);
    return [loss as tf.Scalar, countMistakes(logits, labels)];
  });
  return {
    async run(count = source.count) {
      let loss = 0;
      let mistakes = 0;
      for (let start = 0; start < count; start += batchSize) {
        const size = Math.min(batchSize, count - start);
        const batch = source.batch(
          Int32Array.from({ length: size }, (_, i) => start + i),
        );
        const { pixels, indices, labels } = batch;
        const sums = await judge(pixels, indices, labels)
          .finally(() => batch.free());
        const [summed = NaN, wrong = NaN] = await Promise.all(
          sums.map(async (sum) => (await sum.data())[0]),
        );
        tf.dispose([...sums]);
        loss += summed;
        mistakes += wrong;
      }
      return { loss: loss / count, error: 100 * mistakes / count };
    },
    dispose: () => judge.dispose(),
  };
}

/**
 * Judges a model on the first test images of a data set, with running
 * statistics, on the single original view.
 *
 * @param count Number of test images; all of them if left out.
 */
export async function evaluate(
  model: Model,
  dataset: Dataset,
  count = dataset.test.count,
): Promise<Evaluation> {
  const pixels = dataset.height * dataset.width;
  const mean = tf.tensor2d(perPixelMean(dataset.train), [
    pixels,
    dataset.channels,
  ]);
  const source = imageSource(dataset.test, pixels);
  const judge = evaluator(model, source, mean);
  try {
    return await judge.run(count);
  } finally {
    [judge, source, mean].forEach((used) => used.dispose());
  }
}
