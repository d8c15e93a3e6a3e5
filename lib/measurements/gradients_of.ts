import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { networkUntil } from "../networks/network_until.ts";
import { outputShapeOfAll } from "../networks/shape.ts";
import { softmaxCrossEntropy } from "../ops/softmax_cross_entropy.ts";
import { keepValues } from "../networks/keep_values.ts";
import type { MeasureOptions } from "./measure_options.ts";

/**
 * The gradients of the loss, the mean cross entropy, by the outputs of layers
 * and by tensors that the network learns. The model stays as it is, in training
 * mode too.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @param labels Classes of shape `[batch]`, int32.
 * @param names Paths of layers that have a name, such as "stage1/unit2" or
 * "stage1/unit2/conv1" (empty for the images), or names of tensors, such as
 * "stage1/unit2/conv1/kernel".
 * @returns By name, tensors of the shapes of the outputs or of the learned
 * tensors, that the caller disposes of.
 * @throws {Error} If the network has no such layer and learns no such tensor.
 *
 * @example The gradient that reaches the first unit
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { gradientsOf } from "./gradients_of.ts";
 *
 * await useBackend({ quiet: true });
 * const model = build(cifarResNet({ depth: 8 }), { seed: 0 });
 * const images = tf.ones([2, 32, 32, 3]) as tf.Tensor4D;
 * const labels = tf.tensor1d([3, 5], "int32");
 * const gradients = gradientsOf(model, images, labels, ["stage1/unit1"]);
 * assertEquals(gradients.get("stage1/unit1")?.shape, [2, 32, 32, 16]);
 * ```
 */
export function gradientsOf(
  model: Model,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  names: readonly string[],
  options: MeasureOptions = {},
): Map<string, tf.Tensor> {
  return gradientsOfSum(
    model,
    images,
    names,
    (logits) => softmaxCrossEntropy(logits, labels),
    options,
  );
}

/** A scalar that follows from a network's logits and its layers' outputs. */
export type ScalarOf = (
  logits: tf.Tensor2D,
  outputs: ReadonlyMap<string, tf.Tensor>,
) => tf.Scalar;

/**
 * Like {@linkcode gradientsOf}, of any scalar.
 *
 * @param observed Paths of layers whose outputs `scalarOf` gets.
 */
export function gradientsOfSum(
  model: Model,
  images: tf.Tensor4D,
  names: readonly string[],
  scalarOf: ScalarOf,
  options: MeasureOptions = {},
  observed: ReadonlySet<string> = new Set(),
): Map<string, tf.Tensor> {
  const unique = [...new Set(names)];
  const outputs = new Map<string, tf.Tensor>();
  const gradients = keepValues(model, () => {
    const sources = unique.map((name) => sourceOf(model, images, name));
    // An output's gradient is that by zeros that are added to it.
    const zeros = new Map(sources.map((source, i) => [unique[i], source]));
    const scalar = () => {
      const tap = (path: string, output: tf.Tensor) => {
        const added = zeros.get(path);
        const tapped = added === undefined ? output : tf.add(output, added);
        // Kept, as the forward pass frees what it no longer needs.
        if (observed.has(path)) outputs.set(path, tf.keep(tf.clone(tapped)));
        return tapped;
      };
      const logits = model.logits(images, { ...options, tap });
      return scalarOf(logits, outputs);
    };
    try {
      return tf.grads(scalar)(sources);
    } finally {
      outputs.forEach((output) => output.dispose());
    }
  });
  return new Map(unique.map((name, i) => [name, gradients[i]!]));
}

/** What stands for a name: zeros to be added to an output, or a variable. */
function sourceOf(model: Model, images: tf.Tensor4D, name: string): tf.Tensor {
  const spec = model.specs.find((spec) => spec.name === name);
  if (spec?.trainable) return model.tensor(name);
  const { layers, input } = networkUntil(model.network, name);
  return tf.zeros([images.shape[0], ...outputShapeOfAll(layers, input)]);
}
