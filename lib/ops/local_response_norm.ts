import * as tf from "@tensorflow/tfjs";

/** Numbers of {@linkcode localResponseNorm}. */
export interface LocalResponseNormSettings {
  /** Number of channels in a sum, an odd integer. */
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly bias: number;
}

/**
 * Local response normalisation as PyTorch defines it:
 * `x / (bias + alpha / size * s)^beta`, where `s` is the sum of `x^2` over the
 * `size` channels around.
 *
 * @param x Images of shape `[batch, height, width, channels]`.
 */
export function localResponseNorm(
  x: tf.Tensor4D,
  { size, alpha, beta, bias }: LocalResponseNormSettings,
): tf.Tensor4D {
  // TensorFlow counts the channels on one side, and does not divide alpha.
  const radius = (size - 1) / 2;
  return tf.localResponseNormalization(x, radius, bias, alpha / size, beta);
}
