import * as tf from "@tensorflow/tfjs";
import { gatherRows } from "../ops/gather_rows.ts";
import type { SourceBatch } from "./image_source.ts";

/** Zeros around an image that a crop may reach into, in pixels (R15 4.2). */
export const PADDING = 4;

/** How each image of a mini-batch is cropped and mirrored. */
export interface Crops {
  /**
   * Upper left corner of the crop in the padded image, row and column from 0 to
   * 8, of shape `[batch, 2]`, int32. `[4, 4]` is the image itself.
   */
  readonly offsets: tf.Tensor2D;
  /** 1 where the padded image is mirrored left to right, of shape `[batch]`. */
  readonly flips: tf.Tensor1D;
}

/**
 * The network's input: images with the per-pixel mean subtracted, then padded
 * with 4 zeros a side and cropped, or cropped from their mirror image (R15
 * section 4.2), divided by 255.
 *
 * All of it is tensor code, so that it can be part of a traced step: each pixel
 * is gathered from where it comes from, and is 0 if that is in the padding.
 *
 * @param mean Mean of each pixel over the training images, of shape
 * `[height * width, channels]`, 0 to 255.
 * @param size Height and width of an image in pixels.
 * @returns Images of shape `[batch, height, width, channels]`.
 */
export function augment(
  { pixels, indices }: Pick<SourceBatch, "pixels" | "indices">,
  { offsets, flips }: Crops,
  mean: tf.Tensor2D,
  [height, width]: readonly [number, number],
): tf.Tensor4D {
  const [top, left] = tf.split(offsets, 2, 1); // [N, 1] each
  const rows = shifted(height, top); // [N, height]
  const unturned = shifted(width, left); // [N, width]
  // Column x of the mirror image is column width - 1 - x of the image.
  const turn = tf.sub(int(width - 1), tf.mul(unturned, int(2)));
  const columns = tf.add(unturned, tf.mul(tf.expandDims(flips, 1), turn));
  const row = clipped(rows, height).expandDims(2); // [N, height, 1]
  const column = clipped(columns, width).expandDims(1); // [N, 1, width]
  const pixel = tf.add(tf.mul(row, int(width)), column); // [N, height, width]
  const first = tf.mul(indices, int(height * width)).reshape([-1, 1, 1]);
  const inside = tf.mul(
    isInside(rows, height).expandDims(2),
    isInside(columns, width).expandDims(1),
  ).expandDims(3); // [N, height, width, 1]
  const values = tf.cast(
    gatherRows(pixels, tf.add(first, pixel)),
    "float32",
  );
  const centred = tf.sub(values, gatherRows(mean, pixel));
  return tf.mul(centred, tf.div(inside, 255)) as tf.Tensor4D;
}

/**
 * An integer to compute positions with: tfjs takes plain numbers for float32,
 * which cannot count the 51,200,000 pixels of CIFAR-10.
 */
function int(value: number): tf.Scalar {
  return tf.scalar(value, "int32");
}

/** Where `length` pixels of a crop come from, in the image's own positions. */
function shifted(length: number, offset: tf.Tensor | undefined): tf.Tensor {
  if (offset === undefined) throw new Error("Expected two offsets an image");
  const positions = tf.range(0, length, 1, "int32");
  return tf.sub(tf.add(positions, offset), int(PADDING));
}

function clipped(positions: tf.Tensor, length: number): tf.Tensor {
  // Not tf.clipByValue, which knows floats only on some backends.
  return tf.minimum(tf.maximum(positions, int(0)), int(length - 1));
}

/** 1 where a position is in the image, 0 where it is in the padding. */
function isInside(positions: tf.Tensor, length: number): tf.Tensor {
  const same = tf.equal(positions, clipped(positions, length));
  return tf.cast(same, "float32");
}
