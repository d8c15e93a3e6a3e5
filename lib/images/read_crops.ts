import * as tf from "@tensorflow/tfjs";
import { BrokenImageError, readImage } from "./decode_image.ts";
import type { FolderImage } from "./image_folder.ts";
import type { Limit } from "./limit.ts";
import { type Part, resample, type Size } from "./resample.ts";

/** A part of an image that is wanted. */
export interface WantedCrop {
  readonly image: FolderImage;
  /** Which part, of an image of this size. */
  readonly part: (size: Size) => Part;
}

/** How images are read. */
export interface ReadCropsOptions {
  /** Runs the reading of an image when it is its turn. */
  readonly limit: Limit;
  readonly onBroken: "throw" | "skip";
  /** Reads a file. Default `Deno.readFile`. */
  readonly read?: ((path: string) => Promise<Uint8Array>) | undefined;
  /** Says that nobody wants the crops any more; heeded before each image. */
  readonly signal?: AbortSignal;
}

/** What was read. */
export interface ReadCrops<Wanted> {
  /** Those that could be decoded, in the order in which they are wanted. */
  readonly found: readonly {
    readonly wanted: Wanted;
    /** Of shape `[1, ...size, 3]`, a byte for each value. */
    readonly pixels: tf.Tensor4D;
  }[];
  /** Those that could not. */
  readonly skipped: readonly BrokenImageError[];
}

/**
 * Reads, decodes and crops images, several at a time. The caller disposes of
 * the crops.
 *
 * @throws {BrokenImageError} At an image that cannot be decoded, unless these
 * are skipped.
 * @throws {DOMException} If they are wanted no more.
 */
export async function readCrops<Wanted extends WantedCrop>(
  wanted: readonly Wanted[],
  { limit, onBroken, read, signal }: ReadCropsOptions,
): Promise<ReadCrops<Wanted>> {
  const crop = async (one: Wanted) => {
    signal?.throwIfAborted();
    const decoded = await readImage(one.image.path, read);
    try {
      const [height, width] = decoded.shape;
      const pixels = await resample(decoded, one.part([height, width]));
      return { wanted: one, pixels };
    } finally {
      decoded.dispose();
    }
  };
  const results = await Promise.allSettled(
    wanted.map((one) => limit(() => crop(one))),
  );
  const found = results.flatMap((result) =>
    result.status === "fulfilled" ? [result.value] : []
  );
  const errors = results.flatMap((result) =>
    result.status === "rejected" ? [result.reason as unknown] : []
  );
  const skipped = errors.filter((error) => error instanceof BrokenImageError);
  if (errors.length > (onBroken === "skip" ? skipped.length : 0)) {
    tf.dispose(found.map(({ pixels }) => pixels));
    throw errors.find((error) =>
      onBroken !== "skip" || !(error instanceof BrokenImageError)
    );
  }
  return { found, skipped };
}
