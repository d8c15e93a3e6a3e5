import { checkInteger } from "./check_integer.ts";
import type { LabelledImages } from "./dataset.ts";
import { createRandom } from "./random.ts";

/** Images to learn from, and others to choose a model by. */
export interface TrainValidation {
  /** Images to learn from. */
  readonly train: LabelledImages;
  /** Images to choose by, which are none of those to learn from. */
  readonly validation: LabelledImages;
}

/**
 * Copies some of the images, in the order given.
 *
 * @param images The images to pick from.
 * @param indices Which, each from 0 to `images.count - 1`.
 * @returns The images picked, with their labels.
 * @throws {RangeError} If an index is none of the images.
 *
 * @example Usage
 * ```ts
 * import { subset } from "./split.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const images = Uint8Array.of(10, 11, 20, 21, 30, 31);
 * const all = { images, labels: Uint8Array.of(1, 2, 3), count: 3 };
 * const some = subset(all, [2, 0]);
 * assertEquals(some.images, Uint8Array.of(30, 31, 10, 11));
 * assertEquals(some.labels, Uint8Array.of(3, 1));
 * ```
 */
export function subset(
  images: LabelledImages,
  indices: ArrayLike<number>,
): LabelledImages {
  const bytes = images.images.length / images.count;
  const count = indices.length;
  const picked = new Uint8Array(count * bytes);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const index = indices[i]!;
    const label = images.labels[index];
    if (label === undefined) {
      throw new RangeError(
        `Expected index to be an integer from 0 to ${
          images.count - 1
        } but found ${index}`,
      );
    }
    labels[i] = label;
    picked.set(
      images.images.subarray(index * bytes, (index + 1) * bytes),
      i * bytes,
    );
  }
  return { images: picked, labels, count };
}

/**
 * Splits the images to learn from, so that a choice need not look at the test
 * images. R15 (section 4.2) chose the length of training "on a 45k/5k train/val
 * split" of CIFAR-10.
 *
 * @param images All images to learn from.
 * @param validationImages How many to set aside, drawn at random.
 * @param seed Seed of the draw.
 * @returns Both parts, each in the order that the images had.
 * @throws {RangeError} If there are not that many images, and one to learn from.
 */
export function splitTrainValidation(
  images: LabelledImages,
  validationImages = 5_000,
  seed = 0,
): TrainValidation {
  checkValidationImages(validationImages, images.count);
  const order = createRandom(seed).permutation(images.count);
  return {
    train: subset(images, order.subarray(validationImages).sort()),
    validation: subset(images, order.subarray(0, validationImages).sort()),
  };
}

/**
 * Checks how many images are to be set aside.
 *
 * @param count How many there are.
 * @throws {RangeError} If there are not that many, and one to learn from.
 */
export function checkValidationImages(
  validationImages: number,
  count: number,
): void {
  checkInteger(validationImages, "validationImages", 1);
  if (validationImages < count) return;
  throw new RangeError(
    `Expected validationImages to be less than the ${count} images to learn from but found ${validationImages}`,
  );
}
