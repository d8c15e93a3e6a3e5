import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { gradientsOf, gradientsOfSum } from "./gradients_of.ts";
import type { MeasureOptions } from "./measure_options.ts";
import { type ResidualChain, residualChains } from "./residual_chains.ts";

/** The two terms of the loss's gradient by the input of a residual unit. */
export interface GradientTerms {
  /** Path of the layer whose output is `x_l`. */
  readonly from: string;
  /** Path of the unit whose output is `x_L`. */
  readonly to: string;
  /** Number of units in between, `L - l`. */
  readonly units: number;
  /** `prod lambda_i` of the shortcuts in between; 1 of identities. */
  readonly factor: number;
  /** Norm of `dE/dx_l`. */
  readonly total: number;
  /** Norm of the term through the units' bodies. */
  readonly throughBodies: number;
  /** Norm of what is left of `dE/dx_l` without that term. */
  readonly direct: number;
  /** Norm of `prod lambda_i * dE/dx_L`, which R16 says the direct term is. */
  readonly expected: number;
  /** Norm of the difference between the direct term and the expected one. */
  readonly difference: number;
}

/**
 * Compares the gradients of a network that runs with
 *
 *     dE/dx_l = dE/dx_L * (prod lambda_i + d/dx_l sum_i F_i)
 *
 * (R16 eq. 8; eq. 5 if all `lambda_i` are 1), for the end `x_L` of each of its
 * {@linkcode residualChains} and each `x_l` before it. `F_i` is the output of a
 * unit's body times the lambdas of the units after it. All gradients are by
 * automatic differentiation: `dE/dx_l`, `dE/dx_L`, and the term through the
 * bodies as the gradient of `sum_i F_i` along `dE/dx_L`. What is left of
 * `dE/dx_l` is the direct term.
 *
 * Where an activation follows the addition there is no such direct term, and
 * `difference` is not 0.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @param labels Classes of shape `[batch]`, int32.
 *
 * @example Halved shortcuts halve the direct term with each unit
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { withConstantScaling } from "../networks/shortcut_variants.ts";
 * import { gradientTerms } from "./gradient_terms.ts";
 *
 * await useBackend({ quiet: true });
 * const network = withConstantScaling(
 *   cifarResNet({ depth: 20, activation: "preActivation" }),
 *   { shortcut: 0.5, body: 1 },
 * );
 * const model = build(network, { seed: 0 });
 * const images = tf.randomNormal([2, 32, 32, 3]) as tf.Tensor4D;
 * const labels = tf.tensor1d([3, 5], "int32");
 * const terms = await gradientTerms(model, images, labels);
 * assertEquals(terms[0]?.factor, 0.5 ** 3);
 * assert(terms.every((term) => term.difference < 1e-5 * term.total));
 * ```
 */
export async function gradientTerms(
  model: Model,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  options: MeasureOptions = {},
): Promise<GradientTerms[]> {
  const terms: GradientTerms[] = [];
  for (const chain of residualChains(model.network)) {
    const norms = tf.tidy(() => normsOf(chain, model, images, labels, options));
    const rows = await norms.array();
    norms.dispose();
    terms.push(...chain.units.map((_, i) => termsOf(chain, i, rows[i] ?? [])));
  }
  return terms;
}

/** Paths of the inputs `x_l` of a chain's units. */
function inputsOf({ start, units }: ResidualChain): string[] {
  return [start, ...units.slice(0, -1).map(({ path }) => path)];
}

/** `prod lambda_i` from a unit of a chain to its end. */
function factorFrom({ units }: ResidualChain, first: number): number {
  return units.slice(first).reduce((all, { factor }) => all * factor, 1);
}

function termsOf(
  chain: ResidualChain,
  first: number,
  [total = NaN, throughBodies = NaN, direct = NaN, expected = NaN, off = NaN]:
    readonly number[],
): GradientTerms {
  return {
    from: inputsOf(chain)[first]!,
    to: chain.units.at(-1)!.path,
    units: chain.units.length - first,
    factor: factorFrom(chain, first),
    total,
    throughBodies,
    direct,
    expected,
    difference: off,
  };
}

/** The norms of {@linkcode GradientTerms}, a row for each `x_l` of a chain. */
function normsOf(
  chain: ResidualChain,
  model: Model,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  options: MeasureOptions,
): tf.Tensor2D {
  const inputs = inputsOf(chain);
  const end = chain.units.at(-1)!.path;
  const names = [...inputs, end];
  const gradients = gradientsOf(model, images, labels, names, options);
  const atEnd = gradients.get(end)!;
  const bodies = new Set(chain.units.map(({ body }) => body));
  const through = gradientsOfSum(
    model,
    images,
    inputs,
    (_, outputs) => tf.sum(tf.mul(sumOfBodies(chain, outputs), atEnd)),
    options,
    bodies,
  );
  return tf.stack(inputs.map((input, i) => {
    const total = gradients.get(input)!;
    const throughBodies = through.get(input)!;
    const direct = tf.sub(total, throughBodies);
    const expected = tf.mul(atEnd, factorFrom(chain, i));
    const difference = tf.sub(direct, expected);
    return tf.stack(
      [total, throughBodies, direct, expected, difference].map((x) =>
        tf.norm(x)
      ),
    );
  })) as tf.Tensor2D;
}

/** `sum_i F_i`, each body's output times the lambdas after it. */
function sumOfBodies(
  { units }: ResidualChain,
  outputs: ReadonlyMap<string, tf.Tensor>,
): tf.Tensor {
  return units.reduce<tf.Tensor>(
    (sum, { body, factor }) => tf.add(tf.mul(sum, factor), outputs.get(body)!),
    tf.scalar(0),
  );
}
