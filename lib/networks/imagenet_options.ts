import { checkInteger } from "../data/check_integer.ts";
import type { OptionNames } from "../data/check_options.ts";
import { quoted } from "../data/quoted.ts";

/** Options of all networks for ImageNet. */
export interface ImageNetOptions {
  /** Number of classes. Default 1000. */
  readonly classes?: number;
  /**
   * Height and width of an image in pixels. Default 224, as in the papers; a
   * smaller one makes a network that is quick to try.
   */
  readonly imageSize?: number;
}

/** The names of {@linkcode ImageNetOptions}. */
export const IMAGENET_OPTIONS: OptionNames<ImageNetOptions> = {
  classes: true,
  imageSize: true,
};

/** The papers' height and width of an image. */
const IMAGE_SIZE = 224;

/** What a network for ImageNet reads and gives. */
export interface ImageNetShape {
  readonly input: readonly [height: number, width: number, channels: 3];
  readonly classes: number;
}

/**
 * Options with what was left out filled in.
 *
 * @throws {RangeError} If one is not an integer greater than 0.
 */
export function imageNetShape(
  { classes = 1000, imageSize = IMAGE_SIZE }: ImageNetOptions,
): ImageNetShape {
  checkInteger(classes, "classes", 1);
  checkInteger(imageSize, "imageSize", 1);
  return { input: [imageSize, imageSize, 3], classes };
}

/** The end of a network's name: such as ", 64x64" if it is not the papers' size. */
export function sizeInName(
  { imageSize = IMAGE_SIZE }: ImageNetOptions,
): string {
  return imageSize === IMAGE_SIZE ? "" : `, ${imageSize}x${imageSize}`;
}

/**
 * `depth` as one of a family's depths.
 *
 * @throws {RangeError} If it is none, naming them.
 */
export function checkDepth<Depth extends number>(
  depth: number,
  depths: readonly Depth[],
  family: string,
): Depth {
  const found = depths.find((one) => one === depth);
  if (found !== undefined) return found;
  const list = new Intl.ListFormat("en", { type: "disjunction" })
    .format(depths.map(String));
  throw new RangeError(
    `Expected the depth of a ${family} to be ${list} but found ${
      quoted(depth)
    }`,
  );
}
