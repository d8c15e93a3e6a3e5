import * as tf from "@tensorflow/tfjs";
import {
  type AugmentationDraws,
  augmentationDraws,
  type AugmentationOptions,
} from "../data/batches.ts";

/**
 * Steps whose draws are put on the backend at once (512 KB for batches of 128).
 *
 * The order could be drawn inside the step. Sorting random bits costs 6 ms a
 * step for 50,000 images on two CPU cores. TensorFlow's RandomIndexShuffle costs
 * half a millisecond, as much as looking rows up in this table, but XLA, which
 * compiles steps on GPUs, does not know it. And with the table all backends, and
 * the runs recorded so far, draw the same.
 */
const STEPS_AT_ONCE = 256;

/** Up to here float32 counts without gaps. */
const MOST_IMAGES = 2 ** 24;

/** Columns of the table: image, row and column of the crop, mirrored or not. */
const COLUMNS = 4;

/** What one step draws: some rows of a table. */
export interface TableDraw {
  /**
   * What many steps draw, one image a row: its index, the row and the column of
   * its crop, and 1 if it is mirrored, of shape `[steps * batch, 4]`. Whole
   * numbers as float32: TensorFlow keeps int32 out of a GPU's memory, and would
   * copy the table there in each step.
   */
  readonly table: tf.Tensor2D;
  /** The first row of this step. */
  readonly first: number;
  /** The images of this step, for sources that upload them. */
  readonly indices: Int32Array<ArrayBuffer>;
}

/**
 * The draws of {@linkcode augmentationDraws}, kept on the backend for many
 * steps: a step is told where its rows begin, and nothing else.
 */
export class DrawTable {
  readonly #draws: AugmentationDraws;
  readonly #stepsAtOnce: number;
  #step: number;
  #table: tf.Tensor2D | undefined;
  #indices: Int32Array<ArrayBuffer>[] = [];
  #next = 0;

  /**
   * @param options What to draw from, and the step to begin at.
   * @param stepsAtOnce Steps that a table is for.
   * @throws {RangeError} If an option is not an integer in its range, or there
   * are more than 16,777,216 images.
   */
  constructor(options: AugmentationOptions, stepsAtOnce = STEPS_AT_ONCE) {
    if (options.count > MOST_IMAGES) {
      throw new RangeError(
        `Expected count to be at most ${MOST_IMAGES} but found ${options.count}`,
      );
    }
    this.#draws = augmentationDraws(options);
    this.#step = this.#draws.step;
    this.#stepsAtOnce = stepsAtOnce;
  }

  /** The step that {@linkcode next} draws for, from 0. */
  get step(): number {
    return this.#step;
  }

  /** What this step draws; good until the next call. Moves to the next step. */
  next(): TableDraw {
    if (this.#next === this.#indices.length) this.#draw();
    const place = this.#next++;
    this.#step++;
    const indices = this.#indices[place];
    if (indices === undefined || this.#table === undefined) {
      throw new Error("No draws were made");
    }
    return { table: this.#table, first: place * indices.length, indices };
  }

  /** Frees the table. */
  dispose(): void {
    this.#table?.dispose();
  }

  #draw(): void {
    this.#table?.dispose();
    const draws = Array.from(
      { length: this.#stepsAtOnce },
      () => this.#draws.next(),
    );
    this.#indices = draws.map(({ indices }) => indices);
    this.#next = 0;
    const batch = this.#indices[0]?.length ?? 0;
    const rows = new Float32Array(draws.length * batch * COLUMNS);
    let at = 0;
    for (const { indices, offsets, flips } of draws) {
      for (let i = 0; i < batch; i++) {
        rows[at++] = indices[i]!;
        rows[at++] = offsets[2 * i]!;
        rows[at++] = offsets[2 * i + 1]!;
        rows[at++] = flips[i]!;
      }
    }
    this.#table = tf.keep(tf.tensor2d(rows, [draws.length * batch, COLUMNS]));
  }
}
