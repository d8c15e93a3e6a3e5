import * as tf from "@tensorflow/tfjs";
import {
  activeTensorFlow,
  type KernelBackend,
} from "../backends/tensorflow/backend.ts";
import { withGradient } from "./with_gradient.ts";

/**
 * The mean cross entropy between the softmax of `logits` and the classes that
 * are right: `-mean(log(softmax(logits)[label]))`.
 *
 * @param logits Of shape `[batch, classes]`.
 * @param labels Classes of shape `[batch]`, int32.
 * @returns A scalar.
 */
export function softmaxCrossEntropy(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
): tf.Scalar {
  const backend = activeTensorFlow();
  if (backend !== undefined) return fused(backend.kernels, logits, labels);
  const targets = tf.oneHot(labels, logits.shape[1]);
  return tf.losses.softmaxCrossEntropy(targets, logits);
}

function fused(
  kernels: KernelBackend,
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
): tf.Scalar {
  const losses = withGradient([logits], (logits) => {
    const [losses, slope] = kernels.executeMultipleOutputs(
      "SparseSoftmaxCrossEntropyWithLogits",
      [],
      [logits, labels],
      2,
    );
    if (!losses || !slope) throw new Error("An output is missing");
    return {
      value: losses as tf.Tensor1D,
      saved: [slope],
      gradient: (dy, saved) =>
        saved.map((s) => tf.mul(s, tf.expandDims(dy, 1))),
    };
  });
  return tf.mean(losses);
}
