import type { Activation } from "../networks/layer.ts";

/** Share of units at either end of a non-linearity's range. */
export interface Saturation {
  /** At its lower end: 0 of a sigmoid, -1 of tanh and softsign. */
  readonly low: number;
  /** At its upper end, 1. */
  readonly high: number;
}

/** Non-linearities that saturate: their ranges have two ends. */
export type Saturating = Exclude<Activation["function"], "relu">;

const LOWEST: Readonly<Record<Saturating, number>> = {
  sigmoid: 0,
  tanh: -1,
  softsign: -1,
};

/**
 * The share of units that are saturated: whose activation is nearer to an end of
 * the range than a part `1 - threshold` of half the range. At a threshold of 0.9
 * those are activations beyond 0.9 and -0.9 of tanh and softsign, above 0.95 and
 * below 0.05 of a sigmoid.
 *
 * Saturated units pass almost no gradient back; Glorot and Bengio 2010 find that
 * the top hidden layer of sigmoids saturates at 0 early on (section 3.1), and
 * that layers of tanh saturate one after another from the first (section 3.2).
 *
 * @param activations The non-linearity's outputs.
 * @param threshold From 0 to 1. Default 0.9.
 * @throws {RangeError} If the threshold is not from 0 to 1.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { saturation } from "./saturation.ts";
 *
 * const activations = Float32Array.of(0.01, 0.5, 0.7, 0.97);
 * assertEquals(saturation(activations, "sigmoid"), { low: 0.25, high: 0.25 });
 * assertEquals(saturation(activations, "tanh"), { low: 0, high: 0.25 });
 * ```
 */
export function saturation(
  activations: Float32Array,
  kind: Saturating,
  threshold = 0.9,
): Saturation {
  if (!(threshold >= 0 && threshold <= 1)) {
    throw new RangeError(
      `Expected threshold to be a number from 0 to 1 but found ${threshold}`,
    );
  }
  const lowest = LOWEST[kind];
  const margin = (1 - threshold) * (1 - lowest) / 2;
  let [low, high] = [0, 0];
  for (const value of activations) {
    if (value < lowest + margin) low++;
    if (value > 1 - margin) high++;
  }
  return { low: low / activations.length, high: high / activations.length };
}
