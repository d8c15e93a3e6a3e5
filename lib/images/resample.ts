import * as tf from "@tensorflow/tfjs";
import {
  boolAttribute,
  stringAttribute,
  typeAttribute,
} from "../backends/tensorflow/attributes.ts";
import { DataType } from "../backends/tensorflow/data_types.ts";
import { decodingBackend, given, runOp } from "./run_op.ts";

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
  const used: tf.Tensor[] = [];
  const run: typeof runOp = async (...op) => {
    const output = await runOp(...op);
    used.push(output);
    return output;
  };
  try {
    const whole = await run(backend, "ExpandDims", [], [
      image,
      given(Int32Array.of(0), []),
    ]);
    const values = await run(backend, "ScaleAndTranslate", [
      stringAttribute("kernel_type", "triangle"),
      boolAttribute("antialias", true),
    ], [
      whole,
      given(Int32Array.from(size)),
      given(Float32Array.of(resized[0] / height, resized[1] / width)),
      given(Float32Array.of(-top, -left)),
    ]);
    // To whole numbers, halves up; none is below 0 or above 255.
    const above = await run(backend, "AddV2", [], [
      values,
      given(Float32Array.of(0.5), []),
    ]);
    return await runOp(backend, "Cast", [
      typeAttribute("DstT", DataType.uint8),
    ], [above]) as tf.Tensor4D;
  } finally {
    tf.dispose(used);
  }
}
