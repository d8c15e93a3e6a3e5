import { checkInteger } from "../data/check_integer.ts";
import type { StreamedImages } from "../data/training_data.ts";

/**
 * Sets some of the images to learn from aside.
 *
 * @throws {RangeError} If there are not that many, and one to learn from.
 */
export function splitStreamed(
  { files }: StreamedImages,
  validationCount: number,
): { readonly train: StreamedImages; readonly validation: StreamedImages } {
  checkInteger(validationCount, "validationCount", 1);
  if (validationCount >= files.length) {
    throw new RangeError(
      `Expected validationCount to be less than the ${files.length} images but found ${validationCount}`,
    );
  }
  return {
    train: streamed(files.slice(validationCount)),
    validation: streamed(files.slice(0, validationCount)),
  };
}

/** Images with their number. */
export function streamed(files: StreamedImages["files"]): StreamedImages {
  return { files, count: files.length };
}
