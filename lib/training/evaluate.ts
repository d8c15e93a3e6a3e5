import * as tf from "@tensorflow/tfjs";
import { jit, type Jitted } from "../backends/jit.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import type { Dataset, LabelledImages } from "../data/dataset.ts";
import { perPixelMean } from "../data/per_pixel_mean.ts";
import { checkInMemory } from "../data/training_data.ts";
import type { Model } from "../networks/model.ts";
import { softmaxCrossEntropy } from "../ops/softmax_cross_entropy.ts";
import { type ImageSource, imageSource } from "./image_source.ts";
import { checkClasses } from "./check_classes.ts";
import { countMistakes } from "./count_mistakes.ts";
import { learningImages } from "./learning_images.ts";
import { originalView } from "./original_view.ts";
import type { Recipe } from "./recipe.ts";

/** How well a network does on images. */
export interface Evaluation {
  /** Mean cross entropy. */
  readonly loss: number;
  /** Images classified wrongly, in percent. */
  readonly error: number;
  /**
   * Images whose class is not among the five of the largest logits, in percent:
   * R15's top-5 error of ImageNet. Only of images that are read from files, of
   * more than five classes.
   */
  readonly top5Error?: number;
  /** Number of images judged. */
  readonly images: number;
  /** Whether a Stop left out others. */
  readonly stopped: boolean;
}

/**
 * Judges a model, with running statistics, on the single original view; of
 * images that are read from files on the crop in the middle.
 */
export interface Evaluator {
  /**
   * Judges the first `count` images; all of them if left out.
   *
   * @param stopRequested Whether to stop; asked after each mini-batch, so that
   * one of them is judged in any case.
   */
  run(count?: number, stopRequested?: () => boolean): Promise<Evaluation>;
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
    const images = originalView({ pixels, indices }, mean, [height, width]);
    const logits = model.logits(images);
    const loss = tf.mul(softmaxCrossEntropy(logits, labels), labels.size);
    return [loss as tf.Scalar, countMistakes(logits, labels)];
  });
  return {
    async run(count = source.count, stopRequested = () => false) {
      let loss = 0;
      let mistakes = 0;
      let images = 0;
      while (images < count && (images === 0 || !stopRequested())) {
        const size = Math.min(batchSize, count - images);
        const first = images;
        const batch = source.batch(
          Int32Array.from({ length: size }, (_, i) => first + i),
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
        images += size;
      }
      return {
        loss: loss / images,
        error: 100 * mistakes / images,
        images,
        stopped: images < count,
      };
    },
    dispose: () => judge.dispose(),
  };
}

/** What {@linkcode evaluate} judges on. */
export interface EvaluateOptions {
  /**
   * Which images: "test", "train" for those that networks learn from, as they
   * are, neither cropped nor mirrored, or "validation" for those that `recipe`
   * sets aside. Default "test".
   */
  readonly on?: "test" | "train" | "validation";
  /**
   * What the network learned by. If it sets images aside, these count neither
   * as "train" nor towards the mean that is subtracted.
   */
  readonly recipe?: Recipe;
  /** Whether to stop; asked after each mini-batch. */
  readonly stopRequested?: () => boolean;
}

/** The names of {@linkcode EvaluateOptions}. */
export const EVALUATE_OPTIONS: OptionNames<EvaluateOptions> = {
  on: true,
  recipe: true,
  stopRequested: true,
};

/**
 * Judges a model on the first test images of a data set, or on the first
 * training or validation images, with running statistics, on the single original
 * view. Like `train`, it subtracts the mean of the images learned from: of a
 * network whose recipe sets images aside, give the recipe.
 *
 * @param count Number of images; all of them if left out.
 * @throws {RangeError} If `count` is not an integer from 1 to the number of
 * images, or the data set has more classes than the network has outputs.
 * @throws {Error} If no recipe sets the validation images aside.
 * @throws {TypeError} If the data set is not in memory, or an option is none of
 * those that there are.
 */
export async function evaluate(
  model: Model,
  dataset: Dataset,
  count?: number,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  checkOptions(options, EVALUATE_OPTIONS);
  checkInMemory(dataset, "classifyFolder() judges on those");
  const { images, learned } = imagesToJudge(dataset, options);
  checkCount(count, images.count);
  checkClasses(model.network, dataset);
  const pixels = dataset.height * dataset.width;
  const mean = tf.tensor2d(perPixelMean(learned), [pixels, dataset.channels]);
  const source = imageSource(images, pixels);
  const judge = evaluator(model, source, mean);
  try {
    return await judge.run(count, options.stopRequested);
  } finally {
    [judge, source, mean].forEach((used) => used.dispose());
  }
}

/** The images that are judged on, and those that were learned from. */
export function imagesToJudge(
  { train: all, test }: Pick<Dataset, "train" | "test">,
  { on = "test", recipe }: Pick<EvaluateOptions, "on" | "recipe">,
): { images: LabelledImages; learned: LabelledImages } {
  const { train, validation } = recipe
    ? learningImages({ train: all }, recipe)
    : { train: all, validation: undefined };
  const images = { train, validation, test }[on];
  if (images === undefined) {
    throw new Error(
      "Expected a recipe that sets validation images aside but found none",
    );
  }
  return { images, learned: train };
}

/** Checks how many of a data set's images are to be judged. */
export function checkCount(count: number | undefined, most: number): void {
  if (
    count !== undefined && !(Number.isInteger(count) && count > 0 &&
      count <= most)
  ) {
    throw new RangeError(
      `Expected count to be an integer from 1 to ${most} but found ${count}`,
    );
  }
}
