import { decodedImages, type ReadOptions } from "./decoded_images.ts";
import type { ImageFolder } from "./image_folder.ts";
import { centreCrop, type CropOptions } from "./judging_views.ts";

/**
 * The per-pixel mean of a folder's images, which R15 section 3.4 subtracts, over
 * their crops in the middle. Take it over the images to learn from.
 *
 * @param options Size of the crops, and what to do about broken images, which
 * do not count.
 * @returns 0 to 255, of shape `[size * size * 3]`.
 * @throws {BrokenImageError} At an image that cannot be decoded, unless these
 * are skipped.
 */
export async function meanImage(
  folder: Pick<ImageFolder, "images">,
  { size, shorterSide, ...options }: CropOptions & ReadOptions,
): Promise<Float32Array<ArrayBuffer>> {
  const sums = new Float64Array(size * size * 3);
  let count = 0;
  for await (const read of decodedImages(folder, options)) {
    if ("broken" in read) continue;
    const crop = await centreCrop(read.pixels, { size, shorterSide });
    const values = await crop.data();
    crop.dispose();
    for (let i = 0; i < sums.length; i++) sums[i]! += values[i]!;
    count++;
  }
  if (count === 0) {
    throw new Error("Expected at least one image but found none");
  }
  return Float32Array.from(sums, (sum) => sum / count);
}
