import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { gradientsOf } from "./gradients_of.ts";
import type { MeasureOptions } from "./measure_options.ts";
import { residualChains } from "./residual_chains.ts";

/** How much of the gradient at a chain's end is left at the input of a unit. */
export interface GradientRatio {
  /** Path of the layer whose output is `x_l`. */
  readonly from: string;
  /** Number of units between, `L - l`; 0 at the end. */
  readonly units: number;
  /** `prod lambda_i` of the shortcuts in between. */
  readonly factor: number;
  /** `||dE/dx_l|| / ||dE/dx_L||`, by automatic differentiation. */
  readonly ratio: number;
}

/**
 * What arrives of the gradient `dE/dx_L`, from the end of a network's longest
 * chain of residual units down to its start, by all ways together. Where all
 * `F` are 0 only the shortcuts are left, and the ratio is `prod lambda_i`, the
 * first term of R16 eq. 8.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @param labels Classes of shape `[batch]`, int32.
 * @returns A row for each `x_l`, from the chain's end to its start.
 * @throws {Error} If no unit's shortcut is the identity, or a constant times it.
 *
 * @example With bodies that are silent, halved shortcuts halve the gradient
 * ```ts
 * import { assert } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { build } from "../networks/model.ts";
 * import { residualTower } from "../networks/residual_tower.ts";
 * import { withConstantScaling } from "../networks/shortcut_variants.ts";
 * import { gradientRatios, silenceBodies } from "./gradient_ratios.ts";
 *
 * await useBackend({ quiet: true });
 * const tower = residualTower({ units: 3 });
 * const scaled = withConstantScaling(tower, { shortcut: 0.5, body: 1 });
 * const model = build(scaled, { seed: 0 });
 * silenceBodies(model);
 * const images = tf.randomNormal([2, 32, 32, 3]) as tf.Tensor4D;
 * const labels = tf.tensor1d([3, 5], "int32");
 * const ratios = await gradientRatios(model, images, labels);
 * [1, 0.5, 0.25, 0.125].forEach((expected, units) =>
 *   assert(Math.abs(ratios[units]!.ratio - expected) < 1e-5)
 * );
 * ```
 */
export async function gradientRatios(
  model: Model,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  options: MeasureOptions = {},
): Promise<GradientRatio[]> {
  const [chain] = residualChains(model.network)
    .toSorted((a, b) => b.units.length - a.units.length);
  if (chain === undefined) {
    throw new Error(
      `Expected units with identity shortcuts but found none in ${model.network.name}`,
    );
  }
  const paths = [chain.start, ...chain.units.map(({ path }) => path)]
    .reverse(); // from the end
  const norms = tf.tidy(() => {
    const found = gradientsOf(model, images, labels, paths, options);
    return tf.stack(paths.map((path) => normOf(found.get(path)!)));
  });
  const values = await norms.data();
  norms.dispose();
  let factor = 1;
  return paths.map((from, units) => {
    factor *= units === 0 ? 1 : chain.units.at(-units)!.factor;
    return { from, units, factor, ratio: values[units]! / values[0]! };
  });
}

/** The norm; the square of a small number would be 0 in single precision. */
function normOf(x: tf.Tensor): tf.Tensor {
  const largest = tf.maximum(tf.max(tf.abs(x)), 1e-30);
  return tf.mul(largest, tf.norm(tf.div(x, largest)));
}

/**
 * Sets what the body of each residual unit adds to 0, by zeros in the kernel of
 * its last convolution. With batch normalisation after it, by zeros in that
 * one's scale; its shift is 0 in a new network.
 *
 * @returns The number of bodies.
 * @throws {Error} If a body ends in a layer that has neither, such as a ReLU.
 */
export function silenceBodies(model: Model): number {
  const chains = residualChains(model.network);
  const bodies = chains.flatMap(({ units }) => units.map(({ body }) => body));
  for (const body of bodies) {
    const last = model.specs.find(({ name, role }) =>
      name.startsWith(`${body}/`) && (role === "kernel" || role === "scale")
    );
    if (last === undefined) {
      throw new Error(`Expected a kernel or a scale at ${body} but found none`);
    }
    const values = model.tensor(last.name);
    values.assign(tf.zeros(values.shape));
  }
  return bodies.length;
}
