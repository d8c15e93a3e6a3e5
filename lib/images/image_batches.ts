import * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../data/check_integer.ts";
import { checkOneOf } from "../data/check_one_of.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import { decodedAtATime } from "./decoded_at_a_time.ts";
import type { BrokenImageError } from "./decode_image.ts";
import type { ImageFolder } from "./image_folder.ts";
import { limiter } from "./limit.ts";
import { pack } from "./pack.ts";
import { readAhead } from "./read_ahead.ts";
import { readCrops, type ReadCropsOptions } from "./read_crops.ts";
import type { Size } from "./resample.ts";
import { decodingBackend } from "./run_op.ts";
import {
  partOf,
  type TrainingView,
  type TrainingViewOptions,
  trainingViews,
} from "./training_views.ts";

/** Options of {@linkcode imageBatches}. */
export interface ImageBatchOptions extends Omit<TrainingViewOptions, "count"> {
  /** Height and width of a crop. Default 224. */
  readonly size?: number;
  /** Mini-batches that are made ready while one is used. Default 2. */
  readonly prefetch?: number;
  /**
   * Images that are read and decoded at a time. Default the number of cores, at
   * most 24 (see {@linkcode decodedAtATime}).
   */
  readonly concurrency?: number;
  /**
   * What to do about an image that cannot be decoded: throw an error that names
   * it, or leave it out of its mini-batch, which says so. Default "throw".
   */
  readonly onBroken?: "throw" | "skip";
  /** Reads a file. Default `Deno.readFile`. */
  readonly read?: (path: string) => Promise<Uint8Array>;
}

const OPTIONS: OptionNames<ImageBatchOptions> = {
  batchSize: true,
  seed: true,
  step: true,
  shorterSide: true,
  size: true,
  prefetch: true,
  concurrency: true,
  onBroken: true,
  read: true,
};

/** A mini-batch of crops. */
export interface ImageBatch {
  /** The step that it is for. */
  readonly step: number;
  /**
   * A byte for each value, of shape `[batch, size, size, 3]`; to tfjs they are
   * int32. Not yet mirrored.
   */
  readonly images: tf.Tensor4D;
  /** Classes of shape `[batch]`. */
  readonly labels: tf.Tensor1D;
  /** 1 where an image is to be mirrored, of shape `[batch]`. */
  readonly flips: tf.Tensor1D;
  /** Strengths of the components of colour, of shape `[batch, 3]`. */
  readonly colours: tf.Tensor2D;
  /** Images that were left out, with what is wrong with them. */
  readonly skipped: readonly BrokenImageError[];
  /** Frees the tensors. */
  dispose(): void;
}

/**
 * Mini-batches of a folder's images for training, without end: read, decoded,
 * resized and cropped in the background while the steps run.
 *
 * TensorFlow's ops do it on threads of their own, the event loop goes on. At
 * most `prefetch` mini-batches lie ready or are in the making besides the one
 * that is used, and `concurrency` images are whole in memory. What is drawn
 * does not depend on which image is ready first (see
 * {@linkcode trainingViews}). Mirroring, colours and normalisation are left to
 * the traced step (see {@linkcode networkInput}). The caller disposes of each
 * mini-batch; those made ahead are freed when the loop is left.
 *
 * @throws {BrokenImageError} At an image that cannot be decoded, unless these
 * are skipped.
 * @throws {Error} If the backend is not "tensorflow", or no image of a
 * mini-batch can be decoded.
 * @throws {RangeError} If an option is out of its range.
 * @throws {TypeError} If an option is none of those that there are.
 */
export function imageBatches(
  folder: Pick<ImageFolder, "images">,
  options: ImageBatchOptions,
): AsyncGenerator<ImageBatch, never> {
  checkOptions(options, OPTIONS);
  const { size = 224, prefetch = 2, step = 0 } = options;
  const { concurrency = decodedAtATime(), onBroken = "throw" } = options;
  checkInteger(size, "size", 1);
  checkInteger(prefetch, "prefetch", 0);
  checkInteger(concurrency, "concurrency", 1);
  checkOneOf(onBroken, ["throw", "skip"], "onBroken");
  decodingBackend();
  const views = trainingViews({ ...options, count: folder.images.length });
  const limit = limiter(concurrency);
  const works = views.map((drawn, i) => (signal: AbortSignal) =>
    load(folder, drawn, step + i, options, { limit, signal })
  );
  const free = (batch: ImageBatch) => batch.dispose();
  // Views are without end.
  return readAhead(works, { prefetch, free }) as AsyncGenerator<
    ImageBatch,
    never
  >;
}

async function load(
  { images }: Pick<ImageFolder, "images">,
  views: readonly TrainingView[],
  step: number,
  { size = 224, onBroken = "throw", read }: ImageBatchOptions,
  how: Pick<ReadCropsOptions, "limit" | "signal">,
): Promise<ImageBatch> {
  const wanted = views.map((view) => {
    const image = images[view.index];
    if (image === undefined) throw new Error("Expected an image of the folder");
    return { view, image, part: (of: Size) => partOf(view, of, size) };
  });
  const { found, skipped } = await readCrops(wanted, {
    ...how,
    onBroken,
    read,
  });
  if (found.length === 0) {
    throw new Error(
      `Expected an image that can be decoded in the mini-batch of step ${step} but found none`,
      { cause: skipped[0] },
    );
  }
  const crops = found.map(({ pixels }) => pixels);
  const seen = found.map(({ wanted }) => wanted);
  try {
    const tensors = {
      images: await pack(crops),
      labels: tf.tensor1d(Int32Array.from(seen, ({ image }) => image.label)),
      flips: tf.tensor1d(Int32Array.from(seen, ({ view }) => view.flip)),
      colours: tf.tensor2d(
        Float32Array.from(seen.flatMap(({ view }) => view.colour)),
        [seen.length, 3],
      ),
    };
    return { step, ...tensors, skipped, dispose: () => tf.dispose(tensors) };
  } finally {
    tf.dispose(crops);
  }
}
