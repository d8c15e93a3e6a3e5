import * as tf from "@tensorflow/tfjs";
import { pickPixels } from "./pick_pixels.ts";

/**
 * Channels that oneDNN computes together, at most. With fewer than it computes
 * together, its gradient by a 1x1 kernel of a stride above 1 is now and then off
 * by some thousandths (seen in 3.7.3 with 4 channels), and a run does not repeat.
 */
const BLOCK = 16;

/**
 * A convolution with the same number of zeros on each side, as the papers'
 * code has it. (TensorFlow's "SAME" puts all of an odd number on one side: at
 * stride 2 it looks at other pixels than the shortcut takes.)
 *
 * @param x Images of shape `[batch, height, width, inputs]`.
 * @param kernel Of shape `[size, size, inputs, outputs]`.
 * @param stride Step between output pixels, in input pixels.
 * @param padding Zeros on each side, in pixels.
 * @returns Images of shape `[batch, newHeight, newWidth, outputs]`.
 * @throws {Error} If `x` or `kernel` has another rank than 4.
 */
export function convolution(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  stride: number,
  padding: number,
): tf.Tensor4D {
  // tfjs takes a single image of rank 3, too.
  if (x.rank !== 4 || kernel.rank !== 4) {
    throw new Error(
      `Expected images and a kernel of rank 4 but found [${
        x.shape.join(", ")
      }] and [${kernel.shape.join(", ")}]`,
    );
  }
  const [size, , inputs] = kernel.shape;
  if (size === 1 && stride > 1 && padding === 0 && inputs % BLOCK !== 0) {
    return convolution(pickPixels(x, stride), kernel, 1, 0);
  }
  // Alike on both sides at this stride, and without a padded copy.
  if (stride === 1 && 2 * padding === size - 1) {
    return tf.conv2d(x, kernel, 1, "same");
  }
  // Beside TensorFlow's own explicit padding that is as fast on a CPU, and in
  // bfloat16 its gradients take a twentieth of the time: oneDNN has none of a
  // convolution that pads explicitly.
  const border: [number, number] = [padding, padding];
  const padded = padding === 0
    ? x
    : tf.pad(x, [[0, 0], border, border, [0, 0]]);
  return tf.conv2d(padded, kernel, stride, "valid");
}
