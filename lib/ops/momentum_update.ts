import * as tf from "@tensorflow/tfjs";
import { activeTensorFlow } from "../backends/tensorflow/backend.ts";
import { changeVariables } from "../backends/tensorflow/change_variables.ts";

/**
 * Numbers of an update, as tensors: all parameters of a network share them, and
 * a traced step has them once.
 */
export interface MomentumOptions {
  readonly learningRate: tf.Scalar;
  readonly momentum: tf.Scalar;
  /** Part of the parameter that is added to its gradient; none if left out. */
  readonly weightDecay?: tf.Scalar | undefined;
}

/**
 * One update of stochastic gradient descent with momentum:
 * `velocity = momentum * velocity + (gradient + weightDecay * parameter)`,
 * `parameter = parameter - learningRate * velocity`.
 */
export function momentumUpdate(
  parameter: tf.Variable,
  velocity: tf.Variable,
  gradient: tf.Tensor,
  { learningRate, momentum, weightDecay }: MomentumOptions,
): void {
  const slope = weightDecay === undefined
    ? gradient
    : tf.add(gradient, tf.mul(parameter, weightDecay));
  const backend = activeTensorFlow();
  const changed = backend !== undefined && changeVariables(
    backend,
    "ResourceApplyMomentum",
    [],
    [parameter, velocity],
    [learningRate, slope, momentum],
  );
  if (changed) return;
  velocity.assign(tf.add(tf.mul(velocity, momentum), slope));
  parameter.assign(tf.sub(parameter, tf.mul(velocity, learningRate)));
}
