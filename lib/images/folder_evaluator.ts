import * as tf from "@tensorflow/tfjs";
import { jit } from "../backends/jit.ts";
import type { Model } from "../networks/model.ts";
import { outputShapeOfAll } from "../networks/shape.ts";
import { softmaxCrossEntropy } from "../ops/softmax_cross_entropy.ts";
import { countMistakes, countOutsideTop } from "../training/count_mistakes.ts";
import type { Evaluator } from "../training/evaluate.ts";
import { decodedImages } from "./decoded_images.ts";
import { centrePart, shorterSideFor } from "./judging_views.ts";
import { networkInput, type Normalisation } from "./network_input.ts";
import { pack } from "./pack.ts";
import { resample } from "./resample.ts";
import type { StreamedDataset, StreamedImages } from "./streamed_dataset.ts";

/** How images are judged. */
export interface FolderEvaluatorOptions
  extends Pick<StreamedDataset, "onBroken"> {
  readonly normalisation: Normalisation;
  /** Told of an image that is left out. */
  readonly onSkipped: (message: string) => void;
}

/** Classes that may be right for the "top-5 error" of ImageNet. */
const TOP = 5;

/** Images at a time. */
const BATCH = 50;

/**
 * Makes the evaluation of a model on images that are read from their files: of
 * each the crop in the middle, by running statistics. Images that are left out
 * do not count.
 *
 * @throws {BrokenImageError} At an image that cannot be decoded, unless these
 * are skipped.
 */
export function folderEvaluator(
  model: Model,
  { files }: StreamedImages,
  { normalisation, onBroken, onSkipped }: FolderEvaluatorOptions,
): Evaluator {
  const [size] = model.network.input;
  const view = { size, shorterSide: shorterSideFor(size) };
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

  /** Sums over a mini-batch, whose crops it frees. */
  async function sumsOf(crops: tf.Tensor4D[], classes: readonly number[]) {
    const images = await pack(crops).finally(() => tf.dispose(crops));
    const labels = tf.tensor1d(Int32Array.from(classes));
    const sums = await judge(images, labels)
      .finally(() => tf.dispose([images, labels]));
    const [loss = NaN, mistakes = NaN, outside = NaN] = await Promise.all(
      sums.map(async (sum) => (await sum.data())[0]),
    );
    tf.dispose([...sums]);
    return { loss, mistakes, outside };
  }

  return {
    async run(count = files.length, stopRequested = () => false) {
      const all = { loss: 0, mistakes: 0, outside: 0 };
      let [images, seen] = [0, 0];
      let crops: tf.Tensor4D[] = [];
      let classes: number[] = [];
      const judgeThese = async () => {
        if (crops.length === 0) return;
        const [these, of] = [crops, classes];
        [crops, classes] = [[], []];
        const { loss, mistakes, outside } = await sumsOf(these, of);
        all.loss += loss;
        all.mistakes += mistakes;
        all.outside += outside;
        images += of.length;
      };
      const chosen = { images: files.slice(0, count) };
      try {
        for await (const read of decodedImages(chosen, { onBroken })) {
          seen++;
          if ("broken" in read) {
            onSkipped(read.broken.message);
            continue;
          }
          const [height, width] = read.pixels.shape;
          const part = centrePart([height, width], view);
          crops.push(await resample(read.pixels, part));
          classes.push(read.image.label);
          if (crops.length < BATCH) continue;
          await judgeThese();
          if (stopRequested()) break;
        }
        await judgeThese();
      } finally {
        tf.dispose(crops);
      }
      return {
        loss: all.loss / images,
        error: 100 * all.mistakes / images,
        ...hasTop && { top5Error: 100 * all.outside / images },
        images,
        stopped: seen < chosen.images.length,
      };
    },
    dispose: () => judge.dispose(),
  };
}
