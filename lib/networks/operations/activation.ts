/** Non-linearities that are applied to each value. */
export const ACTIVATIONS = ["relu", "sigmoid", "softsign", "tanh"] as const;

/**
 * A non-linearity, applied to each value: `relu(x) = max(x, 0)`,
 * `sigmoid(x) = 1 / (1 + exp(-x))`, `tanh(x)`, or
 * `softsign(x) = x / (1 + |x|)` (Glorot and Bengio 2010, section 3).
 */
export interface Activation {
  readonly kind: "activation";
  readonly name: string;
  readonly function: typeof ACTIVATIONS[number];
}

/**
 * A rectified linear unit with a learned slope below 0 for each channel,
 * `max(x, 0) + slope * min(x, 0)` (He et al. 2015, "Delving deep into
 * rectifiers", section 2.1). The slopes start at 0.25.
 */
export interface ParametricRelu {
  readonly kind: "parametricRelu";
  readonly name: string;
}

/** A non-linearity, applied to each value. */
export function activation(
  name: string,
  kind: Activation["function"],
): Activation {
  return { kind: "activation", name, function: kind };
}

/** A rectified linear unit, `max(x, 0)`. */
export function relu(name: string): Activation {
  return activation(name, "relu");
}

/** A rectified linear unit with a learned slope below 0 for each channel. */
export function parametricRelu(name: string): ParametricRelu {
  return { kind: "parametricRelu", name };
}
