import * as tf from "@tensorflow/tfjs";
import { jit } from "../backends/jit.ts";
import { checkOneOf } from "../data/check_one_of.ts";
import type { Model } from "../networks/model.ts";
import { outputShapeOfAll } from "../networks/shape.ts";
import { softmaxCrossEntropy } from "../ops/softmax_cross_entropy.ts";
import { countMistakes, countOutsideTop } from "../training/count_mistakes.ts";
import type { Evaluator } from "../training/evaluate.ts";
import { TOP } from "./classify_folder.ts";
import { decodedAtATime } from "./decoded_at_a_time.ts";
import type { FolderImage } from "./image_folder.ts";
import { centrePart, shorterSideFor } from "./judging_views.ts";
import { limiter } from "./limit.ts";
import { networkInput, type Normalisation } from "./network_input.ts";
import { pack } from "./pack.ts";
import { readAhead } from "./read_ahead.ts";
import { type ReadCrops, readCrops, type WantedCrop } from "./read_crops.ts";

/** How images are judged. */
export interface FolderEvaluatorOptions {
  readonly normalisation: Normalisation;
  /** What to do about an image that cannot be decoded. */
  readonly onBroken: "throw" | "skip";
  /** Told of an image that is left out. */
  readonly onSkipped: (path: string, message: string) => void;
}

/** Images at a time. */
const BATCH = 50;

/**
 * Makes the evaluation of a model on images that are read from their files: of
 * each the crop in the middle, by running statistics. The next images are read
 * while some are judged. Those that are left out do not count.
 *
 * @throws {BrokenImageError} At an image that cannot be decoded, unless these
 * are skipped.
 * @throws {Error} If none can be decoded.
 * @throws {RangeError} If `onBroken` is neither "throw" nor "skip".
 */
export function folderEvaluator(
  model: Model,
  files: readonly FolderImage[],
  { normalisation, onBroken, onSkipped }: FolderEvaluatorOptions,
): Evaluator {
  checkOneOf(onBroken, ["throw", "skip"], "onBroken");
  const [size] = model.network.input;
  const view = { size, shorterSide: shorterSideFor(size) };
  const limit = limiter(decodedAtATime());
  const judge = jit((images: tf.Tensor4D, labels: tf.Tensor1D) => {
    const logits = model.logits(networkInput(images, normalisation));
    const loss = tf.mul(softmaxCrossEntropy(logits, labels), labels.size);
    return [
      loss as tf.Scalar,
      countMistakes(logits, labels),
      countOutsideTop(logits, labels, TOP),
    ];
  });
  const outputs = outputShapeOfAll(model.network.layers, model.network.input);
  const hasTop = (outputs.at(-1) ?? 0) > TOP;

  /** Crops of the first `count` images, some at a time, read ahead. */
  function batches(count: number) {
    const starts = Array.from(
      { length: Math.ceil(count / BATCH) },
      (_, i) => i * BATCH,
    );
    const works = starts.values().map((start) => (signal: AbortSignal) => {
      const images = files.slice(start, Math.min(start + BATCH, count));
      const wanted = images.map((image): WantedCrop => ({
        image,
        part: (of) => centrePart(of, view),
      }));
      return readCrops(wanted, { limit, onBroken, signal });
    });
    return readAhead(works, {
      prefetch: 1,
      free: (crops) => tf.dispose(pixelsOf(crops)),
    });
  }

  /** Sums over a mini-batch, whose crops it frees. */
  async function sumsOf(batch: ReadCrops<WantedCrop>) {
    const crops = pixelsOf(batch);
    const images = await pack(crops).finally(() => tf.dispose(crops));
    const labels = tf.tensor1d(
      Int32Array.from(batch.found, ({ wanted }) => wanted.image.label),
    );
    const sums = await judge(images, labels)
      .finally(() => tf.dispose([images, labels]));
    const values = await Promise.all(
      sums.map(async (sum) => (await sum.data())[0] ?? NaN),
    );
    tf.dispose([...sums]);
    return values;
  }

  return {
    async run(count = files.length, stopRequested = () => false) {
      const all = Math.min(count, files.length);
      const sums = [0, 0, 0];
      let [images, seen] = [0, 0];
      for await (const batch of batches(all)) {
        const { found, skipped } = batch;
        skipped.forEach(({ path, message }) => onSkipped(path, message));
        seen += found.length + skipped.length;
        images += found.length;
        if (found.length > 0) {
          (await sumsOf(batch)).forEach((value, i) => sums[i]! += value);
        }
        // Some are judged in any case, as the mini-batches may be all broken.
        if (images > 0 && stopRequested()) break;
      }
      if (images === 0) {
        throw new Error(
          `Expected an image that can be decoded among ${seen} to judge on but found none`,
        );
      }
      const [loss = NaN, mistakes = NaN, outside = NaN] = sums;
      return {
        loss: loss / images,
        error: 100 * mistakes / images,
        ...hasTop && { top5Error: 100 * outside / images },
        images,
        stopped: seen < all,
      };
    },
    dispose: () => judge.dispose(),
  };
}

function pixelsOf(
  { found }: Pick<ReadCrops<WantedCrop>, "found">,
): tf.Tensor4D[] {
  return found.map(({ pixels }) => pixels);
}
