import { augmentationDraws } from "../data/batches.ts";
import { checkInteger } from "../data/check_integer.ts";
import { createRandom } from "../data/random.ts";
import { type Part, resizedTo, type Size } from "./resample.ts";

/** Stream of the seed that views are drawn from; the others are 0 to 2. */
const VIEW_STREAM = 3;

/** What AlexNet's colour augmentation multiplies the components with. */
const COLOUR_DEVIATION = 0.1;

/** R15's least and greatest length of the shorter side, for crops of 224 pixels. */
const SCALES = [256, 480] as const;

/**
 * Between which lengths the shorter side is drawn, for crops of a size: R15's 256
 * and 480 for 224, and in proportion.
 */
export function shorterSidesFor(
  size: number,
): readonly [least: number, greatest: number] {
  const [least, greatest] = SCALES.map((side) => Math.round(side * size / 224));
  return [least!, greatest!];
}

/** How an image is seen in one step of training. */
export interface TrainingView {
  /** Which of the images. */
  readonly index: number;
  /** What its shorter side is resized to, in pixels. */
  readonly shorterSide: number;
  /** Where the crop lies: 0 is the first row or column possible, 1 the last. */
  readonly place: readonly [down: number, right: number];
  /** 1 if it is mirrored left to right, else 0. */
  readonly flip: number;
  /** Strength of each principal component of colour, normal with 0.1. */
  readonly colour: readonly [number, number, number];
}

/** What {@linkcode trainingViews} draws from. */
export interface TrainingViewOptions {
  /** Number of images. */
  readonly count: number;
  readonly batchSize: number;
  /** A whole number from 0 to 2^32 - 1. */
  readonly seed: number;
  /** The step to begin at. Default 0. */
  readonly step?: number;
  /** Least and greatest length of the shorter side. Default 256 and 480. */
  readonly shorterSide?: readonly [least: number, greatest: number];
}

/**
 * Draws what R15 section 3.4 does to an image: "The image is resized with its
 * shorter side randomly sampled in [256, 480] for scale augmentation. A 224x224
 * crop is randomly sampled from an image or its horizontal flip", and "the
 * standard color augmentation in [21]".
 *
 * Each epoch shows each image once, in a new order; mini-batches run across the
 * borders of epochs. What is drawn for an image depends on the seed, the step
 * and its place in the mini-batch alone.
 *
 * @returns The views of one mini-batch after another, without end.
 * @throws {RangeError} If an option is out of its range.
 *
 * @example One step
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { trainingViews } from "./training_views.ts";
 *
 * const views = trainingViews({ count: 3, batchSize: 3, seed: 0 });
 * const indices = views.next().value.map(({ index }) => index);
 * assertEquals(indices.sort(), [0, 1, 2]);
 * ```
 */
export function trainingViews(
  options: TrainingViewOptions,
): Generator<TrainingView[], never> {
  const { count, batchSize, seed, step = 0 } = options;
  const [least, greatest] = options.shorterSide ?? SCALES;
  checkInteger(least, "the least shorter side", 1);
  checkInteger(greatest, "the greatest shorter side", least);
  const draws = augmentationDraws({ count, batchSize, seed, step, padding: 0 });
  return (function* () {
    while (true) {
      const step = draws.step;
      yield Array.from(draws.next().indices, (index, i) => {
        const random = createRandom(seed, VIEW_STREAM, step, i);
        const strength = () => COLOUR_DEVIATION * random.normal();
        return {
          index,
          shorterSide: least + random.integer(greatest - least + 1),
          place: [random.float(), random.float()],
          flip: random.integer(2),
          colour: [strength(), strength(), strength()],
        };
      });
    }
  })();
}

/**
 * The part of an image that a view shows. An image that is resized to less than
 * the crop is enlarged to its size.
 *
 * @param image Size of the image as it was decoded.
 * @param side Height and width of the crop.
 */
export function partOf(
  { shorterSide, place }: Pick<TrainingView, "shorterSide" | "place">,
  image: Size,
  side: number,
): Part {
  const resized = resizedTo(image, Math.max(side, shorterSide));
  const [top, left] = resized.map((length, i) =>
    // The last place of `length - side + 1`, all equally likely.
    Math.min(
      length - side,
      Math.floor((place[i] ?? 0) * (length - side + 1)),
    )
  );
  return { resized, top: top ?? 0, left: left ?? 0, size: [side, side] };
}
