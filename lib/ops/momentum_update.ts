import * as tf from "@tensorflow/tfjs";

/** Numbers of an update. */
export interface MomentumOptions {
  readonly learningRate: tf.Scalar;
  readonly momentum: number;
  /** Part of the parameter that is added to its gradient. */
  readonly weightDecay: number;
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
  const slope = weightDecay === 0
    ? gradient
    : tf.add(gradient, tf.mul(parameter, weightDecay));
  velocity.assign(tf.add(tf.mul(velocity, momentum), slope));
  parameter.assign(tf.sub(parameter, tf.mul(velocity, learningRate)));
}
