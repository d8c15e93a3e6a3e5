import * as tf from "@tensorflow/tfjs";
import {
  type Attribute,
  intAttribute,
  stringAttribute,
} from "../backends/tensorflow/attributes.ts";
import {
  activeTensorFlow,
  type KernelBackend,
} from "../backends/tensorflow/backend.ts";
import { pickPixels } from "./pick_pixels.ts";
import { withGradient } from "./with_gradient.ts";

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
  // oneDNN ends the process if they have not.
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
  const backend = activeTensorFlow();
  if (backend !== undefined) {
    return explicitConvolution(backend.kernels, x, kernel, stride, padding);
  }
  const border: [number, number] = [padding, padding];
  const padded = padding === 0
    ? x
    : tf.pad(x, [[0, 0], border, border, [0, 0]]);
  return tf.conv2d(padded, kernel, stride, "valid");
}

function explicitConvolution(
  kernels: KernelBackend,
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  stride: number,
  padding: number,
): tf.Tensor4D {
  const attributes = attributesOf(kernel.shape[0], stride, padding);
  const run = (name: string, inputs: tf.Tensor[]) =>
    kernels.executeSingleOutput(name, attributes, inputs) as tf.Tensor4D;
  return withGradient([x, kernel], (x, kernel) => ({
    value: run("Conv2D", [x, kernel]),
    saved: [x, kernel],
    gradient(dy, saved) {
      const [x, kernel] = saved as [tf.Tensor4D, tf.Tensor4D];
      const sizes = (t: tf.Tensor) => tf.tensor1d(t.shape, "int32");
      return [
        run("Conv2DBackpropInput", [sizes(x), kernel, dy]),
        run("Conv2DBackpropFilter", [x, sizes(kernel), dy]),
      ];
    },
  }));
}

function attributesOf(
  size: number,
  stride: number,
  padding: number,
): Attribute[] {
  const attributes = [
    intAttribute("strides", [1, stride, stride, 1]),
    stringAttribute("data_format", "NHWC"),
  ];
  if (padding === 0) {
    return [...attributes, stringAttribute("padding", "VALID")];
  }
  if (stride === 1 && 2 * padding === size - 1) {
    return [...attributes, stringAttribute("padding", "SAME")];
  }
  const paddings = [0, 0, padding, padding, padding, padding, 0, 0];
  return [
    ...attributes,
    stringAttribute("padding", "EXPLICIT"),
    intAttribute("explicit_paddings", paddings),
  ];
}
