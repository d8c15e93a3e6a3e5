import * as tf from "@tensorflow/tfjs";
import type { Model } from "../../lib/networks/model.ts";
import { momentumUpdate } from "../../lib/ops/momentum_update.ts";
import { softmaxCrossEntropy } from "../../lib/ops/softmax_cross_entropy.ts";

/** A training step of a network, to be run op by op or traced. */
export function trainingStep(model: Model) {
  const weights = model.variables.filter((variable) => variable.trainable);
  const velocities = weights.map((weight) =>
    tf.variable(tf.zerosLike(weight), false)
  );
  const step = (images: tf.Tensor4D, labels: tf.Tensor1D) => {
    const { value, grads } = tf.variableGrads(
      () =>
        softmaxCrossEntropy(model.logits(images, { training: true }), labels),
      weights,
    );
    weights.forEach((weight, i) =>
      momentumUpdate(weight, velocities[i]!, grads[weight.name]!, {
        learningRate: tf.scalar(0.05),
        momentum: 0.9,
        weightDecay: 1e-4,
      })
    );
    return [value] as const;
  };
  const dispose = () => tf.dispose(velocities);
  return { step, dispose };
}

export function batch(size: number): [tf.Tensor4D, tf.Tensor1D] {
  return [
    tf.randomNormal([size, 32, 32, 3], 0, 1, "float32", 1),
    tf.tensor1d(Array.from({ length: size }, (_, i) => i % 10), "int32"),
  ];
}
