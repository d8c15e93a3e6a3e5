import * as tf from "@tensorflow/tfjs";
import { activeTensorFlow } from "../backends/tensorflow/backend.ts";
import { changeVariables } from "../backends/tensorflow/change_variables.ts";

/** Numbers of an update. */
export interface MomentumOptions {
  /** A tensor, since a traced step has another one at each call. */
  readonly learningRate: tf.Scalar;
  /** Part of the velocity that is kept, at least 0. */
  readonly momentum: number;
  /** Part of the parameter that is added to its gradient; 0 if left out. */
  readonly weightDecay?: number;
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
  options: MomentumOptions,
): void {
  tf.tidy(() => update(parameter, velocity, gradient, options));
}

function update(
  parameter: tf.Variable,
  velocity: tf.Variable,
  gradient: tf.Tensor,
  { learningRate, momentum, weightDecay = 0 }: MomentumOptions,
): void {
  let slope = gradient;
  if (weightDecay !== 0) {
    // Without a tensor in between, and one node of a graph instead of two:
    // momentum * (velocity + weightDecay / momentum * parameter) + gradient.
    if (momentum > 0) addScaled(velocity, parameter, weightDecay / momentum);
    else slope = tf.add(gradient, tf.mul(parameter, weightDecay));
  }
  const backend = activeTensorFlow();
  const changed = backend !== undefined && changeVariables(
    backend,
    "ResourceApplyMomentum",
    [],
    [parameter, velocity],
    [learningRate, slope, tf.scalar(momentum)],
  );
  if (changed) return;
  velocity.assign(tf.add(tf.mul(velocity, momentum), slope));
  parameter.assign(tf.sub(parameter, tf.mul(velocity, learningRate)));
}

/** `variable = variable + scale * x` */
function addScaled(variable: tf.Variable, x: tf.Tensor, scale: number): void {
  const backend = activeTensorFlow();
  const changed = backend !== undefined && changeVariables(
    backend,
    "ResourceApplyGradientDescent",
    [],
    [variable],
    [tf.scalar(-scale), x],
  );
  if (!changed) variable.assign(tf.add(variable, tf.mul(x, scale)));
}
