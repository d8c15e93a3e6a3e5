import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import type { GradientNorms } from "../plots/gradient_norms.ts";
import { measureGradientNorms } from "../training/measure_gradient_norms.ts";

/**
 * How large the loss's gradient is at each layer of several networks, on one
 * mini-batch in training mode (R15 section 4.1), ready to be drawn.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @param labels Classes of shape `[batch]`.
 */
export async function normsOf(
  models: readonly Model[],
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
): Promise<GradientNorms[]> {
  const found: GradientNorms[] = [];
  for (const model of models) {
    const layers = await measureGradientNorms(model, images, labels);
    found.push({
      name: model.network.name,
      norms: layers.map(({ norm }) => norm),
      layers: layers.map(({ path }) => path),
    });
  }
  return found;
}

/**
 * The gradient's norm at the first convolution over that at the last: 1 where
 * it is level, near 0 where it vanishes on its way to the image. Other values
 * by layer, such as {@linkcode kernelGrowth}'s, are compared likewise.
 */
export function firstToLast({ norms }: Pick<GradientNorms, "norms">): number {
  // The very last layer is the classifier.
  return (norms[0] ?? NaN) / (norms.at(-2) ?? NaN);
}

/**
 * By what factor each kernel has grown: its norm over that of the same layer in
 * another model, such as the one that training began with. Before batch
 * normalisation a kernel's size changes nothing but its gradient, which is
 * divided by it.
 *
 * @throws {Error} If `before` has not all of the kernels.
 */
export function kernelGrowth(model: Model, before: Model): number[] {
  const names = model.specs.filter(({ role }) => role === "kernel")
    .map(({ name }) => name);
  return names.map((name) => {
    const ratio = tf.tidy(() =>
      tf.div(tf.norm(model.tensor(name)), tf.norm(before.tensor(name)))
    );
    const [value = NaN] = ratio.dataSync();
    ratio.dispose();
    return value;
  });
}
