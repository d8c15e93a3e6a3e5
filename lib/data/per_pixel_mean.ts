import type { LabelledImages } from "./dataset.ts";

/**
 * The mean image, which R15 (section 4.2) subtracts from each: "The network
 * inputs are 32x32 images, with the per-pixel mean subtracted".
 *
 * Take it over the images to learn from, never over those to test on.
 *
 * @param images Images of shape `[count, height, width, channels]`.
 * @returns The mean of each pixel and channel, 0 to 255, of shape `[height *
 * width * channels]`.
 * @throws {RangeError} If there are no images.
 *
 * @example Usage
 * ```ts
 * import { perPixelMean } from "./per_pixel_mean.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const images = Uint8Array.of(0, 10, 255, 20);
 * const mean = perPixelMean({ images, labels: new Uint8Array(2), count: 2 });
 * assertEquals(mean, Float32Array.of(127.5, 15));
 * ```
 */
export function perPixelMean(
  images: LabelledImages,
): Float32Array<ArrayBuffer> {
  const { images: bytes, count } = images;
  if (count === 0) {
    throw new RangeError("Expected at least one image but found none");
  }
  const size = bytes.length / count;
  // Integers below 2^53 add up exactly in float64, and would not in float32.
  const sums = new Float64Array(size);
  for (let start = 0; start < bytes.length; start += size) {
    for (let i = 0; i < size; i++) sums[i]! += bytes[start + i]!;
  }
  return Float32Array.from(sums, (sum) => sum / count);
}
