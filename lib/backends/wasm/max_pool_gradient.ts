import * as tf from "@tensorflow/tfjs";
import {
  type KernelArguments,
  placePixels,
  replaceKernel,
  spreadPixels,
} from "./images.ts";

/**
 * Gives tfjs's WebAssembly backend the gradient of max pooling. Its own takes
 * nothing below zero for a maximum.
 */
export function registerMaxPoolGradient(): void {
  replaceKernel("MaxPoolGrad", maxPoolGradient);
}

/** The first pixel of a window that has its maximum gets the window's `dy`. */
function maxPoolGradient({ inputs, attrs }: KernelArguments): tf.TensorInfo {
  return tf.tidy(() => {
    const { dy, input, output } = inputs as Record<string, tf.Tensor4D> & {
      dy: tf.Tensor4D;
      input: tf.Tensor4D;
      output: tf.Tensor4D;
    };
    const [count, height, width, channels] = input.shape;
    const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } =
      poolingOf(input, attrs);
    const { top, left } = padInfo;
    // Between the pixels at (a, b) of the first window and of the last.
    const rows = (dy.shape[1] - 1) * strideHeight + 1;
    const columns = (dy.shape[2] - 1) * strideWidth + 1;
    let open = tf.onesLike(dy).toBool() as tf.Tensor4D;
    let gradient = tf.zerosLike(input);
    for (let a = 0; a < filterHeight; a++) {
      for (let b = 0; b < filterWidth; b++) {
        const pixels = tf.stridedSlice(
          placePixels(input, [top - a, left - b], [rows, columns], -Infinity),
          [0, 0, 0, 0],
          [count, rows, columns, channels],
          [1, strideHeight, strideWidth, 1],
        );
        const first = tf.logicalAnd(open, tf.equal(pixels, output));
        open = tf.logicalAnd(open, tf.logicalNot(first)) as tf.Tensor4D;
        const given = tf.where(first, dy, tf.zerosLike(dy)) as tf.Tensor4D;
        gradient = tf.add(
          gradient,
          placePixels(
            spreadPixels(given, strideHeight, strideWidth),
            [a - top, b - left],
            [height, width],
          ),
        );
      }
    }
    return gradient;
  });
}

function poolingOf(input: tf.Tensor4D, attrs: tf.NamedAttrMap = {}) {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  return tf.backend_util.computePool2DInfo(
    input.shape,
    filterSize as [number, number],
    strides as [number, number],
    1,
    pad as Padding,
    dimRoundingMode as Rounding,
  );
}

type Padding = Parameters<typeof tf.backend_util.computePool2DInfo>[4];
type Rounding = Parameters<typeof tf.backend_util.computePool2DInfo>[5];
