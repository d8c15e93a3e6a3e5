import * as tf from "@tensorflow/tfjs";
import type { Model } from "../../lib/networks/model.ts";
import { momentumUpdate } from "../../lib/ops/momentum_update.ts";
import { softmaxCrossEntropy } from "../../lib/ops/softmax_cross_entropy.ts";
import type { Recipe } from "../../lib/training/recipe.ts";

/** A training step on images that are the network's input already. */
export type ResidentStep = (
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
) => readonly [loss: tf.Scalar];

/**
 * Makes the step of the paper's recipe without the input pipeline: forward
 * pass, gradients, and SGD with momentum and weight decay on all parameters.
 */
export function residentStep(
  model: Model,
  { learningRate, momentum, weightDecay }: Recipe,
): ResidentStep {
  const parameters = model.variables.filter(({ trainable }) => trainable)
    .map((variable) => ({
      variable,
      velocity: tf.tidy(() => tf.variable(tf.zerosLike(variable), false)),
    }));
  const variables = parameters.map(({ variable }) => variable);
  const options = {
    learningRate: tf.scalar(learningRate),
    momentum,
    weightDecay,
  };
  return (images, labels) => {
    const { value, grads } = tf.variableGrads(
      () =>
        softmaxCrossEntropy(model.logits(images, { training: true }), labels),
      variables,
    );
    for (const { variable, velocity } of parameters) {
      const gradient = grads[variable.name];
      if (gradient === undefined) {
        throw new Error(`Expected a gradient of ${variable.name}`);
      }
      momentumUpdate(variable, velocity, gradient, options);
    }
    return [value];
  };
}
