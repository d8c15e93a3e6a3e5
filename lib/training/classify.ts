import * as tf from "@tensorflow/tfjs";
import { jit, type Jitted } from "../backends/jit.ts";
import { checkOptions } from "../data/check_options.ts";
import type { Dataset } from "../data/dataset.ts";
import { perPixelMean } from "../data/per_pixel_mean.ts";
import { checkInMemory } from "../data/training_data.ts";
import type { Model } from "../networks/model.ts";
import { softmaxCrossEntropy } from "../ops/softmax_cross_entropy.ts";
import { checkClasses } from "./check_classes.ts";
import { countMistakes, countOutsideTop } from "./count_mistakes.ts";
import {
  checkCount,
  EVALUATE_OPTIONS,
  type EvaluateOptions,
  type Evaluation,
  imagesToJudge,
} from "./evaluate.ts";
import { type ImageSource, imageSource } from "./image_source.ts";
import { originalView } from "./original_view.ts";

/** How well a network does on images, and what it takes them for. */
export interface Classification extends Evaluation {
  /**
   * Images whose class is not among the five largest logits, in percent: the
   * top-5 error of R15 section 4.1.
   */
  readonly top5Error: number;
  /**
   * Number of images of a class (row) taken for a class (column). The images on
   * the diagonal are those classified rightly.
   */
  readonly confusion: readonly (readonly number[])[];
}

/** Images at a time. */
const BATCH_SIZE = 100;

/**
 * Like {@linkcode evaluate}, with top-5 error and confusion matrix, all from one
 * pass. What is counted is summed on the device.
 *
 * @param count Number of images; all of them if left out.
 * @throws {RangeError} If `count` is not an integer from 1 to the number of
 * images, or the data set has more classes than the network has outputs.
 * @throws {Error} If no recipe sets the validation images aside.
 * @throws {TypeError} If the data set is not in memory, or an option is none of
 * those that there are.
 *
 * @example Where a network that has learned nothing errs
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { syntheticImages } from "../data/synthetic.ts";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { classify } from "./classify.ts";
 *
 * await useBackend({ quiet: true });
 * const dataset = syntheticImages({ trainCount: 10, testCount: 10 });
 * const model = build(cifarResNet({ depth: 8 }), { seed: 0 });
 * const { confusion, error } = await classify(model, dataset);
 * const right = confusion.map((row, label) => row[label]!);
 * assertEquals(error, 100 - 10 * right.reduce((a, b) => a + b));
 * ```
 */
export async function classify(
  model: Model,
  dataset: Dataset,
  count?: number,
  options: EvaluateOptions = {},
): Promise<Classification> {
  checkOptions(options, EVALUATE_OPTIONS);
  checkInMemory(dataset, "classifyFolder() judges on those");
  const { images, learned } = imagesToJudge(dataset, options);
  checkCount(count, images.count);
  const classes = checkClasses(model.network, dataset);
  const pixels = dataset.height * dataset.width;
  const mean = tf.tensor2d(perPixelMean(learned), [pixels, dataset.channels]);
  const source = imageSource(images, pixels);
  const judge = judgeOf(model, mean, classes);
  try {
    const asked = count ?? source.count;
    return await sumUp(judge, source, classes, asked, options.stopRequested);
  } finally {
    [judge, source, mean].forEach((used) => used.dispose());
  }
}

/** Adds a mini-batch to `[loss, mistakes, mistakes in 5]` and to the matrix. */
type Judge = Jitted<
  [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor2D],
  [tf.Tensor1D, tf.Tensor2D]
>;

function judgeOf(model: Model, mean: tf.Tensor2D, classes: number): Judge {
  const [height, width] = model.network.input;
  return jit((pixels, indices, labels, sums, confusion) => {
    const images = originalView({ pixels, indices }, mean, [height, width]);
    const logits = model.logits(images);
    const loss = tf.mul(softmaxCrossEntropy(logits, labels), labels.size);
    const outside = countOutsideTop(logits, labels, 5);
    const mistakes = countMistakes(logits, labels);
    const actual = tf.oneHot(labels, classes) as tf.Tensor2D;
    const taken = tf.oneHot(tf.argMax(logits, 1) as tf.Tensor1D, classes);
    const counts = tf.matMul(
      tf.cast(actual, "float32"),
      tf.cast(taken as tf.Tensor2D, "float32"),
      true,
    );
    return [
      tf.add(sums, tf.stack([loss, mistakes, outside])) as tf.Tensor1D,
      tf.add(confusion, counts) as tf.Tensor2D,
    ];
  });
}

async function sumUp(
  judge: Judge,
  source: ImageSource,
  classes: number,
  count: number,
  stopRequested: () => boolean = () => false,
): Promise<Classification> {
  let sums: tf.Tensor1D = tf.zeros([3]);
  let confusion: tf.Tensor2D = tf.zeros([classes, classes]);
  let images = 0;
  try {
    while (images < count && (images === 0 || !stopRequested())) {
      const size = Math.min(BATCH_SIZE, count - images);
      const first = images;
      const batch = source.batch(
        Int32Array.from({ length: size }, (_, i) => first + i),
      );
      const { pixels, indices, labels } = batch;
      const added = await judge(pixels, indices, labels, sums, confusion)
        .finally(() => batch.free());
      tf.dispose([sums, confusion]);
      [sums, confusion] = added;
      images += size;
    }
    const [loss = NaN, mistakes = NaN, outside = NaN] = await sums.data();
    const table = await confusion.array();
    return {
      loss: loss / images,
      error: 100 * mistakes / images,
      top5Error: 100 * outside / images,
      confusion: table,
      images,
      stopped: images < count,
    };
  } finally {
    tf.dispose([sums, confusion]);
  }
}
