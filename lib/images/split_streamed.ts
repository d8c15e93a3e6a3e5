import { checkValidationImages } from "../data/split.ts";
import type { StreamedImages } from "../data/training_data.ts";

/**
 * Sets some of the images to learn from aside.
 *
 * @throws {RangeError} If there are not that many, and one to learn from.
 */
export function splitStreamed(
  { files }: StreamedImages,
  validationImages: number,
): { readonly train: StreamedImages; readonly validation: StreamedImages } {
  checkValidationImages(validationImages, files.length);
  return {
    train: streamed(files.slice(validationImages)),
    validation: streamed(files.slice(0, validationImages)),
  };
}

/** Images with their number. */
export function streamed(files: StreamedImages["files"]): StreamedImages {
  return { files, count: files.length };
}
