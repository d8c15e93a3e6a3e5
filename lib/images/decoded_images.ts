import type * as tf from "@tensorflow/tfjs";
import { checkOneOf } from "../data/check_one_of.ts";
import { BrokenImageError, readImage } from "./decode_image.ts";
import type { FolderImage, ImageFolder } from "./image_folder.ts";
import { readAhead } from "./read_ahead.ts";
import { decodingBackend } from "./run_op.ts";

/** How a folder's images are read one after another. */
export interface ReadOptions {
  /** Images that are read ahead. Default 2. */
  readonly prefetch?: number;
  /**
   * What to do about an image that cannot be decoded: throw an error that names
   * it, or leave it out and give the error. Default "throw".
   */
  readonly onBroken?: "throw" | "skip";
}

/** An image of a folder, decoded, or what is wrong with it. */
export type ReadImage =
  | {
    readonly image: FolderImage;
    /** A byte for each value, of shape `[height, width, 3]`. */
    readonly pixels: tf.Tensor3D;
  }
  | { readonly image: FolderImage; readonly broken: BrokenImageError };

/**
 * The images of a folder in their order, decoded in the background. They are
 * freed when the next one is asked for.
 *
 * @throws {BrokenImageError} At an image that cannot be decoded, unless these
 * are skipped.
 * @throws {Error} If the backend is not "tensorflow".
 * @throws {RangeError} If `onBroken` is neither "throw" nor "skip".
 */
export async function* decodedImages(
  { images }: Pick<ImageFolder, "images">,
  { prefetch = 2, onBroken = "throw" }: ReadOptions = {},
): AsyncGenerator<ReadImage> {
  checkOneOf(onBroken, ["throw", "skip"], "onBroken");
  decodingBackend();
  const works = images.values().map((image) => () => decoded(image, onBroken));
  for await (const read of readAhead(works, { prefetch, free })) {
    try {
      yield read;
    } finally {
      free(read);
    }
  }
}

function free(read: ReadImage): void {
  if ("pixels" in read) read.pixels.dispose();
}

async function decoded(
  image: FolderImage,
  onBroken: "throw" | "skip",
): Promise<ReadImage> {
  try {
    return { image, pixels: await readImage(image.path) };
  } catch (error) {
    if (onBroken === "throw" || !(error instanceof BrokenImageError)) {
      throw error;
    }
    return { image, broken: error };
  }
}
