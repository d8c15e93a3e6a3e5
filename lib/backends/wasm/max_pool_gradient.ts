import * as tf from "@tensorflow/tfjs";
import { placePixels } from "./place_pixels.ts";
import { type KernelArguments, replaceKernel } from "./replace_kernel.ts";
import { spreadPixels } from "./spread_pixels.ts";

/**
 * Gives tfjs's WebAssembly backend the gradient of max pooling. Its own takes
 * nothing below zero for a maximum.
 */
export function registerMaxPoolGradient(): void {
  replaceKernel("MaxPoolGrad", maxPoolGradient);
}

/** Images of a max pooling, what it made of them, and the gradient by that. */
interface Inputs {
  readonly input: tf.Tensor4D;
  readonly output: tf.Tensor4D;
  readonly dy: tf.Tensor4D;
}

/** The first pixel of a window that has its maximum gets the window's `dy`. */
function maxPoolGradient({ inputs, attrs }: KernelArguments): tf.TensorInfo {
  const { input, output, dy } = inputs as unknown as Inputs;
  const [count, height, width, channels] = input.shape;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } =
    poolingOf(input, attrs);
  const { top, left } = padInfo;
  // Between the pixels at (a, b) of the first window and of the last.
  const rows = (dy.shape[1] - 1) * strideHeight + 1;
  const columns = (dy.shape[2] - 1) * strideWidth + 1;

  /** Goes on with the pixels at (a, b) of all windows. */
  function withPixels(
    [open, gradient]: [open: tf.Tensor, gradient: tf.Tensor4D],
    a: number,
    b: number,
  ): [tf.Tensor, tf.Tensor4D] {
    const pixels = tf.stridedSlice(
      placePixels(input, [top - a, left - b], [rows, columns], -Infinity),
      [0, 0, 0, 0],
      [count, rows, columns, channels],
      [1, strideHeight, strideWidth, 1],
    );
    const first = tf.logicalAnd(open, tf.equal(pixels, output));
    const given = tf.where<tf.Tensor4D>(first, dy, tf.zerosLike(dy));
    const placed = placePixels(
      spreadPixels(given, strideHeight, strideWidth),
      [a - top, b - left],
      [height, width],
    );
    return [
      tf.logicalAnd(open, tf.logicalNot(first)),
      tf.add(gradient, placed),
    ];
  }

  let sums: [tf.Tensor, tf.Tensor4D] = tf.tidy(() => [
    tf.ones(dy.shape, "bool"),
    tf.zerosLike(input),
  ]);
  for (let a = 0; a < filterHeight; a++) {
    for (let b = 0; b < filterWidth; b++) {
      const before = sums;
      // One by one: together they would take many times the images' memory.
      sums = tf.tidy(() => withPixels(before, a, b));
      tf.dispose(before);
    }
  }
  const [open, gradient] = sums;
  open.dispose();
  return gradient;
}

type PoolingArguments = Parameters<typeof tf.backend_util.computePool2DInfo>;

function poolingOf(
  { shape }: tf.Tensor4D,
  { filterSize, strides, pad, dimRoundingMode }: tf.NamedAttrMap,
) {
  return tf.backend_util.computePool2DInfo(
    shape,
    filterSize as PoolingArguments[1],
    strides as PoolingArguments[2],
    1,
    pad as PoolingArguments[4],
    dimRoundingMode as PoolingArguments[5],
  );
}
