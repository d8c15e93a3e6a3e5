import type * as tf from "@tensorflow/tfjs";
import {
  intAttribute,
  typeAttribute,
} from "../backends/tensorflow/attributes.ts";
import { DataType } from "../backends/tensorflow/data_types.ts";
import { decodingBackend, given, runOp } from "./run_op.ts";

/** Images of shape `[1, height, width, 3]`, a byte each, as one mini-batch. */
export async function pack(
  images: readonly tf.Tensor4D[],
): Promise<tf.Tensor4D> {
  const [first, ...others] = images;
  // TensorFlow's op takes two or more.
  if (first !== undefined && others.length === 0) return first.clone();
  return await runOp(decodingBackend(), "ConcatV2", [
    intAttribute("N", images.length),
    typeAttribute("T", DataType.uint8),
    typeAttribute("Tidx", DataType.int32),
  ], [...images, given(Int32Array.of(0), [])]) as tf.Tensor4D;
}
