import * as tf from "@tensorflow/tfjs";
import {
  boolAttribute,
  stringAttribute,
  typeAttribute,
} from "../backends/tensorflow/attributes.ts";
import { DataType } from "../backends/tensorflow/data_types.ts";
import { decodingBackend, runOp } from "./run_op.ts";

/** Height and width in pixels. */
export type Size = readonly [height: number, width: number];

/**
 * The size of an image whose shorter side becomes `shorterSide`; the longer one
 * is cut off to a whole number, as torchvision does.
 *
 * @example A photograph of ImageNet
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { resizedTo } from "./resample.ts";
 *
 * assertEquals(resizedTo([375, 500], 256), [256, 341]);
 * ```
 */
export function resizedTo([height, width]: Size, shorterSide: number): Size {
  return height <= width
    ? [shorterSide, Math.trunc(shorterSide * width / height)]
    : [Math.trunc(shorterSide * height / width), shorterSide];
}

/** A part of a resized image. */
export interface Part {
  /** Size of the whole image once it is resized. */
  readonly resized: Size;
  /** First row of the part. */
  readonly top: number;
  /** First column of the part. */
  readonly left: number;
  /** Size of the part. */
  readonly size: Size;
}

/**
 * A part of a resized image, in one step and on another thread: only the pixels
 * of the part are computed.
 *
 * Each pixel is a mean of the image's pixels, weighted by a triangle as wide as
 * a pixel of the smaller of both grids: bilinear interpolation, with
 * antialiasing when the image shrinks (as Pillow and PyTorch's `antialias` do),
 * rounded to whole numbers.
 *
 * @param image A byte for each value, of shape `[height, width, 3]`.
 * @returns A byte for each value, of shape `[1, ...size, 3]`. The caller
 * disposes of it.
 */
export async function resample(
  image: tf.Tensor3D,
  { resized, top, left, size }: Part,
): Promise<tf.Tensor4D> {
  const backend = decodingBackend();
  const [height, width] = image.shape;
  const inputs = tf.tidy(() => [
    tf.keep(image.expandDims<tf.Tensor4D>(0)),
    tf.keep(tf.tensor1d([...size], "int32")),
    tf.keep(tf.tensor1d([resized[0] / height, resized[1] / width])),
    tf.keep(tf.tensor1d([-top, -left])),
  ]);
  const half = tf.scalar(0.5);
  const used: tf.Tensor[] = [...inputs, half];
  try {
    const values = await runOp(backend, "ScaleAndTranslate", [
      stringAttribute("kernel_type", "triangle"),
      boolAttribute("antialias", true),
    ], inputs);
    used.push(values);
    // To whole numbers, halves up; none is below 0 or above 255.
    const above = await runOp(backend, "AddV2", [], [values, half]);
    used.push(above);
    return await runOp(backend, "Cast", [
      typeAttribute("DstT", DataType.uint8),
    ], [above]) as tf.Tensor4D;
  } finally {
    tf.dispose(used);
  }
}
