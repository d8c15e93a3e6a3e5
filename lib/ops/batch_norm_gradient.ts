import * as tf from "@tensorflow/tfjs";
import { EPSILON } from "./batch_norm.ts";

/**
 * The gradient of a loss by the input of batch normalisation, by the formula
 * that its definition leads to (Ioffe and Szegedy 2015, section 3, the chain
 * rule put together):
 *
 *     dE/dx = scale / sqrt(variance + 1e-5) (g - mean(g) - xhat mean(g xhat))
 *
 * where `g` is the gradient by the output, `xhat = (x - mean) / sqrt(variance +
 * 1e-5)`, and means and the variance are a channel's over batch, height and
 * width. It has mean 0, and is at right angles to `xhat` but for the 1e-5.
 *
 * @param x Images of shape `[batch, height, width, channels]`, or features of
 * shape `[batch, channels]`.
 * @param scale Of shape `[channels]`.
 * @param outputGradient Of the shape of `x`.
 *
 * @example Pushing all values alike changes nothing
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { assertEquals } from "@std/assert";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { batchNormGradient } from "./batch_norm_gradient.ts";
 *
 * await useBackend({ quiet: true });
 * const x = tf.tensor2d([[1], [3], [8]]);
 * const gradient = batchNormGradient(x, tf.tensor1d([2]), tf.ones([3, 1]));
 * assertEquals([...await gradient.data()], [0, 0, 0]);
 * ```
 */
export function batchNormGradient<T extends tf.Tensor>(
  x: T,
  scale: tf.Tensor1D,
  outputGradient: tf.Tensor,
): T {
  return tf.tidy(() => {
    const axes = x.shape.map((_, axis) => axis).slice(0, -1);
    const mean = (values: tf.Tensor) => tf.mean(values, axes); // [channels]
    const centred = tf.sub(x, mean(x));
    const deviation = tf.sqrt(tf.add(mean(tf.square(centred)), EPSILON));
    const normalised = tf.div(centred, deviation);
    const along = mean(tf.mul(outputGradient, normalised));
    const left = tf.sub(
      tf.sub(outputGradient, mean(outputGradient)),
      tf.mul(normalised, along),
    );
    return tf.mul(tf.div(scale, deviation), left) as T;
  });
}
