import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import type { TensorSpec } from "../networks/parameters.ts";
import { momentumUpdate } from "../ops/momentum_update.ts";
import { softmaxCrossEntropy } from "../ops/softmax_cross_entropy.ts";
import { countMistakes } from "./count_mistakes.ts";
import type { Recipe } from "./recipe.ts";

/** What changes a model in a training step, to be part of a traced one. */
export interface ModelUpdate {
  /**
   * All that it changes, by name: the network's tensors, and velocities such as
   * "conv/kernel/velocity".
   */
  readonly state: ReadonlyMap<string, tf.Variable>;
  /**
   * Forward pass, gradients and update by SGD with momentum.
   *
   * @param images Of shape `[batch, height, width, channels]`, normalised.
   * @param labels Classes of shape `[batch]`, int32.
   * @returns Mean cross entropy before the update, and how many of the images
   * were classified wrongly.
   */
  run(
    images: tf.Tensor4D,
    labels: tf.Tensor1D,
    learningRate: tf.Scalar,
    dropoutSeed?: tf.Tensor1D,
  ): [loss: tf.Scalar, mistakes: tf.Scalar];
  /** Frees the velocities, not the model. */
  dispose(): void;
}

/**
 * Makes the update of a model by a recipe. The backend must be one that
 * `useBackend` has chosen: it adds gradients that tfjs lacks.
 */
export function modelUpdate(model: Model, recipe: Recipe): ModelUpdate {
  const parameters = model.specs.filter(({ trainable }) => trainable)
    .map((spec) => {
      const variable = model.tensor(spec.name);
      return {
        name: spec.name,
        variable,
        velocity: tf.tidy(() => tf.variable(tf.zerosLike(variable), false)),
        decays: decays(recipe, spec),
      };
    });
  const variables = parameters.map(({ variable }) => variable);

  return {
    state: new Map([
      ...model.specs.map(({ name }) => [name, model.tensor(name)] as const),
      ...parameters.map(({ name, velocity }) =>
        [`${name}/velocity`, velocity] as const
      ),
    ]),
    run(images, labels, learningRate, dropoutSeed) {
      let mistakes: tf.Scalar | undefined;
      const { value: loss, grads } = tf.variableGrads(() => {
        const logits = model.logits(images, { training: true, dropoutSeed });
        mistakes = tf.keep(countMistakes(logits, labels));
        return softmaxCrossEntropy(logits, labels);
      }, variables);
      const { momentum, weightDecay } = recipe;
      for (const { variable, velocity, decays } of parameters) {
        const gradient = grads[variable.name];
        if (gradient === undefined) {
          throw new Error(`Expected a gradient of ${variable.name}`);
        }
        momentumUpdate(variable, velocity, gradient, {
          learningRate,
          momentum,
          weightDecay: decays ? weightDecay : 0,
        });
      }
      if (mistakes === undefined) {
        throw new Error("The forward pass did not run");
      }
      return [loss, mistakes];
    },
    dispose() {
      parameters.forEach(({ velocity }) => velocity.dispose());
    },
  };
}

function decays({ decayOn }: Recipe, { role }: TensorSpec): boolean {
  if (decayOn === "kernels") return role === "kernel";
  // It would push a parametric ReLU towards a plain one (He et al. 2015).
  return role !== "slope";
}
