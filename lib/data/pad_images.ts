import { checkInteger } from "./check_integer.ts";

/**
 * Puts a border of zeros around square images of one channel.
 *
 * @param images Pixels of shape `[count, side, side]`.
 * @param side Height and width of an image.
 * @param padding Pixels to add on each side.
 * @returns Pixels of shape `[count, side + 2 * padding, side + 2 * padding]`.
 * @throws {RangeError} If the sizes are no integers, or no whole images.
 *
 * @example Usage
 * ```ts
 * import { padImages } from "./pad_images.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const padded = padImages(Uint8Array.of(7), 1, 1);
 * assertEquals([...padded], [0, 0, 0, 0, 7, 0, 0, 0, 0]);
 * ```
 */
export function padImages(
  images: Uint8Array,
  side: number,
  padding: number,
): Uint8Array {
  checkInteger(side, "side", 1);
  checkInteger(padding, "padding", 0);
  const count = images.length / (side * side);
  checkInteger(count, "the number of images", 0);
  const paddedSide = side + 2 * padding;
  const padded = new Uint8Array(count * paddedSide * paddedSide);
  for (let row = 0; row < count * side; row++) {
    const image = Math.floor(row / side);
    const paddedRow = image * paddedSide + padding + row % side;
    padded.set(
      images.subarray(row * side, (row + 1) * side),
      paddedRow * paddedSide + padding,
    );
  }
  return padded;
}
