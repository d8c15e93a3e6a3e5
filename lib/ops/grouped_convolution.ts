import * as tf from "@tensorflow/tfjs";
import { convolution } from "./convolution.ts";

/** How a kernel moves over images. */
export interface ConvolutionSettings {
  /** Step between output pixels, in input pixels. */
  readonly stride: number;
  /** Zeros on each side, in pixels. */
  readonly padding: number;
  /** Number of groups of channels; must divide inputs and outputs. */
  readonly groups: number;
}

/**
 * A convolution of which each group of filters reads its own channels only
 * (Krizhevsky et al. 2012, section 3.2): the first of the outputs read the first
 * of the inputs, and so on.
 *
 * @param x Images of shape `[batch, height, width, inputs]`.
 * @param kernel Of shape `[size, size, inputs / groups, outputs]`.
 * @returns Images of shape `[batch, newHeight, newWidth, outputs]`.
 */
export function groupedConvolution(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  { stride, padding, groups }: ConvolutionSettings,
): tf.Tensor4D {
  if (groups === 1) return convolution(x, kernel, stride, padding);
  // Of shape [size, size, inputs / groups, outputs / groups] each.
  const kernels = tf.split<tf.Tensor4D>(kernel, groups, 3);
  const outputs = tf.split<tf.Tensor4D>(x, groups, 3).map((input, group) =>
    convolution(input, kernels[group]!, stride, padding)
  );
  return tf.concat(outputs, 3);
}
