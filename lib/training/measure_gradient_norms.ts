import * as tf from "@tensorflow/tfjs";
import { keepValues } from "../networks/keep_values.ts";
import type { ForwardOptions, Model } from "../networks/model.ts";
import { softmaxCrossEntropy } from "../ops/softmax_cross_entropy.ts";

/** The size of the loss's gradient at one layer. */
export interface GradientNorm {
  /** Place among the weighted layers, from 1 at the image. */
  readonly layer: number;
  /** Path of the layer, such as "stage1/unit1/conv1". */
  readonly path: string;
  /** Euclidean norm of the loss's gradient by the layer's kernel. */
  readonly norm: number;
}

/**
 * The norm of the loss's gradient by the kernel of each weighted layer, on one
 * mini-batch in training mode. R15 section 4.1 verified that with batch
 * normalisation backward signals do not vanish: this is how to look.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @param labels Classes of shape `[batch]`.
 * @param options `dropoutSeed`, if the network has dropout.
 */
export async function measureGradientNorms(
  model: Model,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  { dropoutSeed }: Pick<ForwardOptions, "dropoutSeed"> = {},
): Promise<GradientNorm[]> {
  const names = model.specs
    .filter(({ role }) => role === "kernel").map(({ name }) => name);
  const norms = keepValues(model, () => {
    const kernels = names.map((name) => model.tensor(name));
    const { grads } = tf.variableGrads(() => {
      const logits = model.logits(images, { training: true, dropoutSeed });
      return softmaxCrossEntropy(logits, labels);
    }, kernels);
    return tf.stack(kernels.map(({ name }) => {
      const gradient = grads[name];
      if (gradient === undefined) throw new Error(`No gradient of ${name}`);
      return tf.norm(gradient);
    }));
  });
  const values = await norms.data();
  norms.dispose();
  return names.map((name, i) => ({
    layer: i + 1,
    path: name.replace(/\/kernel$/, ""),
    norm: values[i] ?? NaN,
  }));
}
