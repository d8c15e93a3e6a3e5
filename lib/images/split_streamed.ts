import { checkValidationCount } from "../data/split.ts";
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
  checkValidationCount(validationCount, files.length);
  return {
    train: streamed(files.slice(validationCount)),
    validation: streamed(files.slice(0, validationCount)),
  };
}

/** Images with their number. */
export function streamed(files: StreamedImages["files"]): StreamedImages {
  return { files, count: files.length };
}
