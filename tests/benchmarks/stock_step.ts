import * as tf from "@tensorflow/tfjs";
import type { TensorFlowBackend } from "../../lib/backends/tensorflow/backend.ts";
import { TENSORFLOW } from "../../lib/backends/tensorflow/backend.ts";
import type { Model } from "../../lib/networks/model.ts";
import type { Recipe } from "../../lib/training/recipe.ts";
import type { ResidentStep } from "./resident_step.ts";
import { stockLogits } from "./stock_network.ts";

/** The backend under a name by which our library does not know it. */
const STOCK = "tfjs-node";

/**
 * Goes on with tfjs-node's kernels as they come: on a backend of another name
 * our own gradients and fused ops stand aside.
 */
export async function useStockBackend(
  { kernels }: TensorFlowBackend,
): Promise<void> {
  tf.registerBackend(STOCK, () => kernels);
  tf.copyRegisteredKernels(TENSORFLOW, STOCK);
  await tf.setBackend(STOCK);
}

/** Makes the step with tfjs's own optimiser and loss. */
export function stockStep(
  model: Model,
  depth: number,
  { learningRate, momentum, weightDecay }: Recipe,
): ResidentStep {
  const optimizer = tf.train.momentum(learningRate, momentum);
  const variables = new Map(
    model.specs.map(({ name }) => [name, model.tensor(name)]),
  );
  const trained = model.variables.filter(({ trainable }) => trainable);
  return (images, labels) => {
    const { value, grads } = tf.variableGrads(() => {
      const logits = stockLogits(variables, depth, images);
      const targets = tf.oneHot(labels, logits.shape[1]);
      return tf.losses.softmaxCrossEntropy(targets, logits);
    }, trained);
    optimizer.applyGradients(trained.map((variable) => ({
      name: variable.name,
      tensor: tf.add(
        grads[variable.name] ?? tf.zerosLike(variable),
        tf.mul(variable, weightDecay),
      ),
    })));
    return [value];
  };
}
