import type * as tf from "@tensorflow/tfjs";
import {
  boolAttribute,
  intAttribute,
  typeAttribute,
} from "../backends/tensorflow/attributes.ts";
import { DataType } from "../backends/tensorflow/data_types.ts";
import { TensorFlowError } from "../backends/tensorflow/library.ts";
import { decodingBackend, runOp } from "./run_op.ts";

/** A file that is no image, or a damaged one, or not there. */
export class BrokenImageError extends Error {
  override name = "BrokenImageError";
  /** The file. */
  readonly path: string;
  /** What is wrong with it. */
  readonly reason: string;

  /** Makes the error of a file and what is wrong with it. */
  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(
      `Expected an image that can be decoded at ${path}: ${reason}`,
      options,
    );
    this.path = path;
    this.reason = reason;
  }
}

/** A file that is not there: deleted since, or a link that leads nowhere. */
export class MissingImageError extends BrokenImageError {
  override name = "MissingImageError";

  /** Makes the error of a file. */
  constructor(path: string, options?: ErrorOptions) {
    super(path, "it is not there", options);
  }
}

/**
 * Decodes a JPEG or PNG by TensorFlow's own op, on another thread. Grey images
 * become three equal channels, transparency is dropped, and a camera's note on
 * how to turn the image is not heeded.
 *
 * @param bytes The file's content, whatever its name says.
 * @param path Its name for errors.
 * @returns A byte for each value, 0 to 255, of shape `[height, width, 3]`; to
 * tfjs they are int32. The caller disposes of it.
 * @throws {BrokenImageError} If it is no image, or a damaged one.
 * @throws {Error} If the backend is not "tensorflow".
 */
export async function decodeImage(
  bytes: Uint8Array,
  path: string,
): Promise<tf.Tensor3D> {
  const backend = decodingBackend();
  const { engine, kernels } = backend;
  const id = engine.create([], DataType.string, [bytes]);
  const content = kernels.createOutputTensor({
    id,
    shape: [],
    dtype: DataType.string,
  });
  try {
    return await runOp(backend, "DecodeImage", [
      intAttribute("channels", 3),
      typeAttribute("dtype", DataType.uint8),
      // Of a moving image the first one.
      boolAttribute("expand_animations", false),
    ], [content]) as tf.Tensor3D;
  } catch (error) {
    // Others, such as a want of memory, say nothing of the image.
    const broken = error instanceof TensorFlowError &&
      error.code === "INVALID_ARGUMENT";
    if (!broken) throw error;
    throw new BrokenImageError(path, error.message, { cause: error });
  } finally {
    content.dispose();
  }
}

/**
 * Reads and decodes an image.
 *
 * @throws {BrokenImageError} If it is no image, or a damaged one.
 * @throws {MissingImageError} If it is not there.
 */
export async function readImage(
  path: string,
  read: (path: string) => Promise<Uint8Array> = (path) => Deno.readFile(path),
): Promise<tf.Tensor3D> {
  const bytes = await read(path).catch((cause) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new MissingImageError(path, { cause });
  });
  if (bytes.length === 0) throw new BrokenImageError(path, "it is empty");
  return await decodeImage(bytes, path);
}
