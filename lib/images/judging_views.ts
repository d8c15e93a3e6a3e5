import * as tf from "@tensorflow/tfjs";
import { type Part, resample, resizedTo, type Size } from "./resample.ts";

/** How crops are taken of an image that is judged. */
export interface CropOptions {
  /** Height and width of a crop. */
  readonly size: number;
  /** What the image's shorter side is resized to. */
  readonly shorterSide: number;
}

/**
 * What an image's shorter side is resized to before crops of a size are taken:
 * 256 for 224, as in Krizhevsky et al. 2012 (section 2), and in proportion.
 */
export function shorterSideFor(size: number): number {
  return Math.round(size * 8 / 7);
}

/** The crop in the middle of an image. */
export function centrePart(
  image: Size,
  { size, shorterSide }: CropOptions,
): Part {
  const resized = resizedTo(image, Math.max(size, shorterSide));
  const [top = 0, left = 0] = resized.map((length) => half(length - size));
  return { resized, top, left, size: [size, size] };
}

/** A square part of a resized image. */
export interface CropBox {
  /** First row. */
  readonly top: number;
  /** First column. */
  readonly left: number;
  /** Height and width. */
  readonly size: number;
}

/** Where crops lie in an image that is resized for them. */
export interface CropPlaces {
  /** Size of the resized image. */
  readonly resized: Size;
  /** Upper left, upper right, lower left, lower right, middle. */
  readonly boxes: readonly CropBox[];
}

/**
 * Where the first five of {@linkcode tenCrops} lie; the other five are the same
 * parts, mirrored.
 *
 * @param image The size of the image before it is resized.
 *
 * @example A photograph of ImageNet
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tenCropPlaces } from "./judging_views.ts";
 *
 * const crops = { size: 224, shorterSide: 256 };
 * const { resized, boxes } = tenCropPlaces([375, 500], crops);
 * assertEquals(resized, [256, 341]);
 * assertEquals(boxes.map(({ top, left }) => [top, left]), [
 *   [0, 0],
 *   [0, 117],
 *   [32, 0],
 *   [32, 117],
 *   [16, 58],
 * ]);
 * ```
 */
export function tenCropPlaces(image: Size, options: CropOptions): CropPlaces {
  const { size } = options;
  const { resized, top, left } = centrePart(image, options);
  const [bottom, right] = [resized[0] - size, resized[1] - size];
  const corners = [[0, 0], [0, right], [bottom, 0], [bottom, right]];
  return {
    resized,
    boxes: [...corners, [top, left]].map(([top = 0, left = 0]) => ({
      top,
      left,
      size,
    })),
  };
}

/**
 * The ten crops of Krizhevsky et al. 2012 (section 4.1), by which R15 compares
 * networks: "the four corner patches and the center patch as well as their
 * horizontal reflections".
 *
 * @param image A byte for each value, of shape `[height, width, 3]`.
 * @returns Upper left, upper right, lower left, lower right, middle, then the
 * same mirrored; of shape `[10, size, size, 3]`, float32, 0 to 255.
 */
export async function tenCrops(
  image: tf.Tensor3D,
  { size, shorterSide }: CropOptions,
): Promise<tf.Tensor4D> {
  const [height, width] = image.shape;
  const options = { size, shorterSide };
  const { resized, boxes } = tenCropPlaces([height, width], options);
  const crops: tf.Tensor4D[] = [];
  try {
    // Of a long image the parts are much less than the whole.
    for (const { top, left } of boxes) {
      const part = { resized, top, left, size: [size, size] as const };
      crops.push(await resample(image, part));
    }
    return tf.tidy(() => {
      const five = tf.concat(crops.map((crop) => tf.cast(crop, "float32")), 0);
      return tf.concat([five, tf.reverse(five, 2)], 0);
    });
  } finally {
    tf.dispose(crops);
  }
}

/** The crop in the middle, of shape `[1, size, size, 3]`, float32, 0 to 255. */
export async function centreCrop(
  image: tf.Tensor3D,
  options: CropOptions,
): Promise<tf.Tensor4D> {
  const [height, width] = image.shape;
  const crop = await resample(image, centrePart([height, width], options));
  const pixels = tf.tidy(() => tf.cast(crop, "float32"));
  crop.dispose();
  return pixels;
}

/** Pixels that a whole image may have: 640 times 6,553. */
const MOST_PIXELS = 2 ** 22;

/** An image that is too long and narrow to be looked at as a whole. */
export class NarrowImageError extends RangeError {
  override name = "NarrowImageError";
}

/**
 * The whole image, resized; of shape `[1, height, width, 3]`, 0 to 255.
 *
 * @throws {NarrowImageError} If it would be of more than 4,194,304 pixels, as one
 * that is very long and narrow: the network's outputs at each of them would not
 * fit into memory.
 */
export async function wholeImage(
  image: tf.Tensor3D,
  shorterSide: number,
): Promise<tf.Tensor4D> {
  const [height, width] = image.shape;
  const resized = resizedTo([height, width], shorterSide);
  if (resized[0] * resized[1] > MOST_PIXELS) {
    throw new NarrowImageError(
      `Expected an image of at most ${MOST_PIXELS} pixels with a shorter side of ${shorterSide} but found ${
        resized.join("x")
      }`,
    );
  }
  const part = { resized, top: 0, left: 0, size: resized };
  const whole = await resample(image, part);
  const pixels = tf.tidy(() => tf.cast(whole, "float32"));
  whole.dispose();
  return pixels;
}

/** Half of a whole number, rounded to an even one, as torchvision does. */
function half(value: number): number {
  const down = Math.floor(value / 2);
  return value % 2 === 1 && down % 2 === 1 ? down + 1 : down;
}
