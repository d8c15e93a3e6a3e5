import * as tf from "@tensorflow/tfjs";
import { jit, type Jitted } from "../backends/jit.ts";
import type { Dataset } from "../data/dataset.ts";
import { perPixelMean } from "../data/per_pixel_mean.ts";
import type { Model } from "../networks/model.ts";
import { outputShapeOfAll } from "../networks/shape.ts";
import { softmaxCrossEntropy } from "../ops/softmax_cross_entropy.ts";
import {
  checkCount,
  type EvaluateOptions,
  type Evaluation,
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

/** How many of the largest logits the top-5 error looks among. */
const TOP = 5;

/**
 * Like {@linkcode evaluate}, with top-5 error and confusion matrix, all from one
 * pass. What is counted is summed on the device.
 *
 * @param count Number of images; all of them if left out.
 * @throws {RangeError} If `count` is not an integer from 1 to the number of
 * images, or the data set has more classes than the network.
 *
 * @example Where a network that has learned nothing errs
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { syntheticImages } from "../data/synthetic.ts";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { buildModel } from "../networks/model.ts";
 * import { classify } from "./classify.ts";
 *
 * await useBackend({ quiet: true });
 * const dataset = syntheticImages({ trainCount: 10, testCount: 10 });
 * const model = buildModel(cifarResNet({ depth: 8 }), { seed: 0 });
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
  const { on = "test", stopRequested } = options;
  const images = dataset[on];
  checkCount(count, images.count);
  const classes = classesOf(model, dataset);
  const pixels = dataset.height * dataset.width;
  const mean = tf.tensor2d(perPixelMean(dataset.train), [
    pixels,
    dataset.channels,
  ]);
  const source = imageSource(images, pixels);
  const judge = judgeOf(model, mean, classes);
  try {
    const asked = count ?? source.count;
    return await sumUp(judge, source, classes, asked, stopRequested);
  } finally {
    [judge, source, mean].forEach((used) => used.dispose());
  }
}

function classesOf({ network }: Model, dataset: Dataset): number {
  const [classes = 0] = outputShapeOfAll(network.layers, network.input);
  if (dataset.classes.length > classes) {
    throw new RangeError(
      `Expected a network of ${dataset.classes.length} classes for ${dataset.name} but ${network.name} has ${classes}`,
    );
  }
  return classes;
}

/** Adds a mini-batch to `[loss, mistakes in 5]` and to the matrix. */
type Judge = Jitted<
  [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor2D],
  [tf.Tensor1D, tf.Tensor2D]
>;

function judgeOf(model: Model, mean: tf.Tensor2D, classes: number): Judge {
  const [height, width] = model.network.input;
  return jit((pixels, indices, labels, sums, confusion) => {
    const images = originalView({ pixels, indices }, mean, [height, width]);
    const logits = model.forward(images);
    const loss = tf.mul(softmaxCrossEntropy(logits, labels), labels.size);
    const outside = countOutsideTop(logits, labels, TOP);
    const actual = tf.oneHot(labels, classes) as tf.Tensor2D;
    const taken = tf.oneHot(tf.argMax(logits, 1) as tf.Tensor1D, classes);
    const counts = tf.matMul(
      tf.cast(actual, "float32"),
      tf.cast(taken as tf.Tensor2D, "float32"),
      true,
    );
    return [
      tf.add(sums, tf.stack([loss, outside])) as tf.Tensor1D,
      tf.add(confusion, counts) as tf.Tensor2D,
    ];
  });
}

/**
 * Number of rows of `logits` in which the label's value is not among the `top`
 * largest. Of equal values the one of the lower class counts as the larger; a
 * label beside NaN never is among them.
 *
 * @param logits Of shape `[batch, classes]`.
 * @param labels Of shape `[batch]`, int32.
 */
export function countOutsideTop(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  top: number,
): tf.Scalar {
  const classes = logits.shape[1];
  const mask = tf.cast(tf.oneHot(labels, classes), "float32");
  const own = tf.sum(tf.mul(logits, mask), 1, true); // [N, 1]
  const larger = tf.logicalNot(tf.lessEqual(logits, own));
  const lower = tf.less(
    tf.range(0, classes, 1, "int32"),
    tf.expandDims(labels, 1),
  );
  const before = tf.logicalAnd(tf.equal(logits, own), lower);
  const rank = tf.sum(tf.cast(tf.logicalOr(larger, before), "int32"), 1);
  const outside = tf.greaterEqual(rank, tf.scalar(top, "int32"));
  return tf.sum(tf.cast(outside, "float32"));
}

async function sumUp(
  judge: Judge,
  source: ImageSource,
  classes: number,
  count: number,
  stopRequested: () => boolean = () => false,
): Promise<Classification> {
  let sums: tf.Tensor1D = tf.zeros([2]);
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
    const [loss = NaN, outside = NaN] = await sums.data();
    const table = await confusion.array();
    const right = table.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
    return {
      loss: loss / images,
      error: 100 * (images - right) / images,
      top5Error: 100 * outside / images,
      confusion: table,
      images,
    };
  } finally {
    tf.dispose([sums, confusion]);
  }
}
