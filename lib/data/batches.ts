import { checkInteger } from "./check_integer.ts";
import { createRandom, type Random } from "./random.ts";

/** What {@linkcode augmentationDraws} draws from, and how much at a time. */
export interface AugmentationOptions {
  /** Number of images to draw from. */
  count: number;
  /** Images in a mini-batch. */
  batchSize: number;
  /** Seed of the draws, a whole number from 0 to 2^32 - 1. */
  seed: number;
  /**
   * Pixels of zero padding a side, out of which an image is cropped.
   *
   * @default {4}
   */
  padding?: number;
  /**
   * The step to begin at, to go on with an earlier run.
   *
   * @default {0}
   */
  step?: number;
}

/** What one training step draws: images, and how each is cropped and flipped. */
export interface AugmentationDraw {
  /** The images, of shape `[batch]`. */
  indices: Int32Array<ArrayBuffer>;
  /**
   * The upper left corner of each crop in the padded image, as row and column
   * from 0 to `2 * padding`, of shape `[batch, 2]`.
   */
  offsets: Int32Array<ArrayBuffer>;
  /** 1 where an image is mirrored left to right, else 0, of shape `[batch]`. */
  flips: Int32Array<ArrayBuffer>;
}

/** The endless draws of {@linkcode augmentationDraws}. */
export interface AugmentationDraws extends Iterable<AugmentationDraw> {
  /** The step that {@linkcode AugmentationDraws.next} draws for, from 0. */
  readonly step: number;
  /** Draws for this step and moves to the next. */
  next(): AugmentationDraw;
}

/** Streams of the seed: what the order and the crops are drawn from. */
const ORDER_STREAM = 0;
const CROP_STREAM = 1;

/**
 * Draws mini-batches with the augmentation of R15, section 4.2: "4 pixels are
 * padded on each side, and a 32x32 crop is randomly sampled from the padded
 * image or its horizontal flip".
 *
 * Images are drawn without replacement, in a new order each epoch. Batches run
 * across the borders of epochs, so that all have the same size and each epoch
 * still shows each image once.
 *
 * A draw depends on the seed and the step alone: a run that stopped goes on
 * with the very draws that it would have had. The pixels are moved elsewhere,
 * inside the training step.
 *
 * @param options What to draw from, and how much at a time.
 * @returns The draws, from `options.step` on.
 * @throws {RangeError} If an option is not an integer in its range.
 *
 * @example Usage
 * ```ts
 * import { augmentationDraws } from "./batches.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const draws = augmentationDraws({ count: 6, batchSize: 3, seed: 0 });
 * const epoch = [...draws.next().indices, ...draws.next().indices];
 * assertEquals(epoch.sort(), [0, 1, 2, 3, 4, 5]);
 * assertEquals(draws.step, 2);
 * ```
 */
export function augmentationDraws(
  options: AugmentationOptions,
): AugmentationDraws {
  return new SeededDraws(options);
}

class SeededDraws implements AugmentationDraws {
  readonly #count: number;
  readonly #batchSize: number;
  readonly #seed: number;
  readonly #padding: number;
  #step: number;
  #epoch = -1;
  #order = new Int32Array(0);

  constructor(options: AugmentationOptions) {
    const { count, batchSize, seed, padding = 4, step = 0 } = options;
    checkInteger(count, "count", 1);
    checkInteger(batchSize, "batchSize", 1);
    checkInteger(padding, "padding", 0);
    checkInteger(step, "step", 0);
    createRandom(seed); // Throws here, not at the first draw.
    this.#count = count;
    this.#batchSize = batchSize;
    this.#seed = seed;
    this.#padding = padding;
    this.#step = step;
  }

  get step(): number {
    return this.#step;
  }

  next(): AugmentationDraw {
    const step = this.#step++;
    const random = createRandom(this.#seed, CROP_STREAM, step);
    const offsets = new Int32Array(2 * this.#batchSize);
    const flips = new Int32Array(this.#batchSize);
    fillIntegers(offsets, random, 2 * this.#padding + 1);
    fillIntegers(flips, random, 2);
    return { indices: this.#indices(step), offsets, flips };
  }

  *[Symbol.iterator](): Generator<AugmentationDraw, never> {
    while (true) yield this.next();
  }

  /** The batch is a window, at `step * batchSize`, on all epochs in a row. */
  #indices(step: number): Int32Array<ArrayBuffer> {
    const indices = new Int32Array(this.#batchSize);
    for (let i = 0; i < indices.length; i++) {
      const position = step * this.#batchSize + i;
      const epoch = Math.floor(position / this.#count);
      if (epoch !== this.#epoch) {
        this.#epoch = epoch;
        this.#order = createRandom(this.#seed, ORDER_STREAM, epoch)
          .permutation(this.#count);
      }
      indices[i] = this.#order[position - epoch * this.#count]!;
    }
    return indices;
  }
}

function fillIntegers(values: Int32Array, random: Random, bound: number): void {
  for (let i = 0; i < values.length; i++) values[i] = random.integer(bound);
}
