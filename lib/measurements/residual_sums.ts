import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { activations } from "./activations.ts";
import type { MeasureOptions } from "./measure_options.ts";
import { type ResidualChain, residualChains } from "./residual_chains.ts";

/** How far `x_L` is from the sum that R16 eq. 4 says it is. */
export interface ResidualSum {
  /** Path of the layer whose output is `x_l`. */
  readonly from: string;
  /** Path of the unit whose output is `x_L`. */
  readonly to: string;
  /** Number of units in between, `L - l`. */
  readonly units: number;
  /** The largest absolute difference between `x_L` and the sum. */
  readonly difference: number;
  /** The largest absolute value of `x_L`. */
  readonly largest: number;
}

/**
 * Compares the features of a network that runs with
 *
 *     x_L = x_l + sum_{i=l}^{L-1} F(x_i)
 *
 * (R16 eq. 4), for the start `x_l` of each of its {@linkcode residualChains} and
 * each unit after it. It holds where nothing follows the addition; a ReLU there
 * cuts off what is below 0. With shortcuts of `lambda_i * x_i` the sum is
 * `prod lambda_i * x_l + sum_i (prod_{j>i} lambda_j) F(x_i)` (R16 eq. 7).
 *
 * @param images Of shape `[batch, height, width, channels]`.
 *
 * @example Pre-activation units sum; ReLU after the addition makes a difference
 * ```ts
 * import { assert } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { residualSums } from "./residual_sums.ts";
 *
 * await useBackend({ quiet: true });
 * const images = tf.randomNormal([2, 32, 32, 3]) as tf.Tensor4D;
 * const share = async (activation: "original" | "preActivation") => {
 *   const network = cifarResNet({ depth: 20, activation });
 *   const sums = await residualSums(build(network, { seed: 0 }), images);
 *   return Math.max(...sums.map((sum) => sum.difference / sum.largest));
 * };
 * assert(await share("preActivation") < 1e-5);
 * assert(await share("original") > 0.1);
 * ```
 */
export async function residualSums(
  model: Model,
  images: tf.Tensor4D,
  options: MeasureOptions = {},
): Promise<ResidualSum[]> {
  const chains = residualChains(model.network);
  const paths = chains.flatMap(({ start, units }) => [
    start,
    ...units.flatMap(({ path, body }) => [path, body]),
  ]);
  const outputs = activations(model, images, paths, options);
  const compared = chains.map((chain) => ({
    chain,
    values: tf.tidy(() => compare(chain, outputs)),
  }));
  tf.dispose([...outputs.values()]);
  const sums = await Promise.all(compared.map(async ({ chain, values }) => {
    const rows = await values.array();
    values.dispose();
    return chain.units.map(({ path }, i) => {
      const [difference = NaN, largest = NaN] = rows[i] ?? [];
      return { from: chain.start, to: path, units: i + 1, difference, largest };
    });
  }));
  return sums.flat();
}

/** The largest difference and the largest value after each unit. */
function compare(
  { start, units }: ResidualChain,
  outputs: ReadonlyMap<string, tf.Tensor>,
): tf.Tensor2D {
  const at = (path: string) => outputs.get(path)!;
  let sum: tf.Tensor = tf.zerosLike(at(start));
  let product = 1;
  return tf.stack(units.map(({ path, body, factor }) => {
    sum = tf.add(tf.mul(sum, factor), at(body));
    product *= factor;
    const expected = tf.add(tf.mul(at(start), product), sum);
    const difference = tf.sub(at(path), expected);
    return tf.stack([difference, at(path)].map((x) => tf.max(tf.abs(x))));
  })) as tf.Tensor2D;
}
