import * as tf from "@tensorflow/tfjs";
import { EPSILON } from "./batch_norm.ts";

/**
 * Batch normalisation by its definition (Ioffe and Szegedy 2015, algorithm 1),
 * line by line and with the gradients that follow from the lines. It gives the
 * values and gradients of {@linkcode batchNormTraining}, which is one fused op
 * and keeps running statistics besides; networks use that one.
 *
 * @param x Images of shape `[batch, height, width, channels]`, or features of
 * shape `[batch, channels]`.
 * @param scale Of shape `[channels]`; the paper's gamma.
 * @param shift Of shape `[channels]`; the paper's beta.
 *
 * @example Two images of one pixel
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { assertAlmostEquals } from "@std/assert";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { batchNormReference } from "./batch_norm_reference.ts";
 *
 * await useBackend({ quiet: true });
 * const x = tf.tensor2d([[1], [3]]); // Mean 2, variance 1.
 * const y = batchNormReference(x, tf.tensor1d([10]), tf.tensor1d([5]));
 * const [low, high] = await y.data();
 * assertAlmostEquals(low!, -5, 1e-3);
 * assertAlmostEquals(high!, 15, 1e-3);
 * ```
 */
export function batchNormReference<T extends tf.Tensor>(
  x: T,
  scale: tf.Tensor1D,
  shift: tf.Tensor1D,
): T {
  return tf.tidy(() => {
    // Over all but channels: each has its own mean and variance.
    const axes = x.shape.map((_, axis) => axis).slice(0, -1);
    const mean = tf.mean(x, axes); // [channels]
    const centred = tf.sub(x, mean);
    const variance = tf.mean(tf.square(centred), axes); // [channels]
    const deviation = tf.sqrt(tf.add(variance, EPSILON));
    const normalised = tf.div(centred, deviation); // Mean 0, variance 1.
    return tf.add(tf.mul(scale, normalised), shift);
  });
}
