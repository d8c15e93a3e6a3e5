import * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../data/check_integer.ts";
import { createRandom } from "../data/random.ts";
import { activations } from "../measurements/activations.ts";
import { gradientsOfSum } from "../measurements/gradients_of.ts";
import { glorotBengio } from "../networks/glorot_bengio.ts";
import type { Initialiser } from "../networks/initialisers.ts";
import type { Activation } from "../networks/layer.ts";
import { build, type Model } from "../networks/model.ts";
import { networkUntil } from "../networks/network_until.ts";

/** Options of {@linkcode variancePropagation}. */
export interface VariancePropagationOptions {
  /** Such as 5 or 50. */
  readonly hiddenLayers: number;
  readonly initialiser: Initialiser;
  /** Default "relu". */
  readonly activation?: Activation["function"];
  /** Features of the input and units of each layer. Default 100. */
  readonly units?: number;
  /** Inputs, drawn from a normal distribution. Default 200. */
  readonly batchSize?: number;
  /** Draws kernels, inputs and gradients. Default 0. */
  readonly seed?: number;
}

/** A value as measured, and as the papers' formula predicts it. */
export interface MeasuredAndPredicted {
  readonly measured: number;
  readonly predicted: number;
}

/** Variances at one hidden layer. */
export interface LayerVariance {
  /** From 1 at the input. */
  readonly layer: number;
  /** Mean square of the layer's outputs before its non-linearity. */
  readonly forward: MeasuredAndPredicted;
  /**
   * Mean square of the gradients by these, where the last layer's are drawn with
   * variance 1.
   */
  readonly backward: MeasuredAndPredicted;
}

/**
 * How the variance of activations grows or falls with depth, and that of the
 * gradients on their way back, in a fully connected network before it learns:
 * measured, beside what the papers' formulas say of the kernels' variances.
 *
 *     Var[y_l] = n_l Var[W_l] E[x_l^2]
 *     Var[dE/dy_l] = n_{l+1} Var[W_{l+1}] E[f'(y_l)^2] Var[dE/dy_{l+1}]
 *
 * where `x_l = f(y_{l-1})`. With ReLU `E[x_l^2] = Var[y_{l-1}] / 2` and
 * `E[f'^2] = 1 / 2` (He et al. 2015, eqs. 8, 9 and 13). Other non-linearities are
 * taken for lines through `f(0)` with slope `f'(0)`: `y` of tanh and softsign
 * (Glorot and Bengio 2010, eqs. 5 and 6), `1/2 + y/4` of a sigmoid. Where the
 * values leave that line, the measurement leaves the prediction.
 *
 * @throws {RangeError} If a number is not an integer greater than 0.
 *
 * @example He's initialisation keeps the variance of ReLU nets
 * ```ts
 * import { assert } from "@std/assert";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { heNormal } from "../networks/initialisers.ts";
 * import { variancePropagation } from "./variance_propagation.ts";
 *
 * await useBackend({ quiet: true });
 * const layers = await variancePropagation({
 *   hiddenLayers: 5,
 *   initialiser: heNormal(),
 * });
 * const { measured, predicted } = layers.at(-1)!.forward;
 * assert(Math.abs(Math.log2(measured / predicted)) < 1);
 * ```
 */
export async function variancePropagation(
  options: VariancePropagationOptions,
): Promise<LayerVariance[]> {
  const { hiddenLayers, initialiser, activation = "relu", seed = 0 } = options;
  const { units = 100, batchSize = 200 } = options;
  checkInteger(batchSize, "batchSize", 1);
  const whole = glorotBengio({
    hiddenLayers,
    activation,
    units,
    input: [1, 1, units],
  });
  const network = networkUntil(whole, `hidden${hiddenLayers}`);
  const model = build(network, { seed, initialiser });
  const names = Array.from(
    { length: hiddenLayers },
    (_, i) => `hidden${i + 1}`,
  );
  try {
    const measured = await measure(model, names, batchSize, seed);
    const growth = await Promise.all(
      names.map(async (name) =>
        units * meanSquare(await model.tensor(`${name}/kernel`).data())
      ),
    );
    const { forward, backward } = predict(growth, activation, measured);
    return names.map((_, i) => ({
      layer: i + 1,
      forward: { measured: measured.forward[i]!, predicted: forward[i]! },
      backward: { measured: measured.backward[i]!, predicted: backward[i]! },
    }));
  } finally {
    model.dispose();
  }
}

/** Mean squares by layer. */
interface MeanSquares {
  readonly forward: number[];
  readonly backward: number[];
}

async function measure(
  model: Model,
  names: readonly string[],
  batchSize: number,
  seed: number,
): Promise<MeanSquares & { input: number }> {
  const [, , units] = model.network.input;
  const size = batchSize * units;
  const [inputs, slopes] = [0, 1].map((stream) => {
    const random = createRandom(seed, stream);
    return Float32Array.from({ length: size }, () => random.normal());
  });
  const images = tf.tensor4d(inputs!, [batchSize, 1, 1, units]);
  const slope = tf.tensor2d(slopes!, [batchSize, units]);
  const outputs = activations(model, images, names);
  const gradients = gradientsOfSum(
    model,
    images,
    names,
    // The network ends in the last of the layers.
    (output) => tf.sum(tf.mul(output, slope)),
  );
  const squares = (of: Map<string, tf.Tensor>) =>
    Promise.all(
      names.map(async (name) => meanSquare(await of.get(name)!.data())),
    );
  try {
    return {
      input: meanSquare(inputs!),
      forward: await squares(outputs),
      backward: await squares(gradients),
    };
  } finally {
    tf.dispose([images, slope, ...outputs.values(), ...gradients.values()]);
  }
}

/**
 * What the formulas give.
 *
 * @param growth Of each layer, `n_l Var[W_l]`.
 * @param ends Mean squares of the input, and of the last layer's gradients.
 */
function predict(
  growth: readonly number[],
  kind: Activation["function"],
  ends: MeanSquares & { readonly input: number },
): MeanSquares {
  const { constant, slope } = LINES[kind];
  const forward: number[] = [];
  growth.forEach((factor, i) => {
    const before = forward[i - 1];
    const square = before === undefined
      ? ends.input
      : constant + slope * before;
    forward.push(factor * square);
  });
  const last = ends.backward.at(-1)!;
  const backward = growth.map((_, i) =>
    growth.slice(i + 1).reduce(
      (square, factor) => square * factor * slope,
      last,
    )
  );
  return { forward, backward };
}

/** `E[f(y)^2] = constant + slope * Var[y]`, and `E[f'(y)^2] = slope`. */
const LINES: Readonly<
  Record<Activation["function"], { constant: number; slope: number }>
> = {
  relu: { constant: 0, slope: 1 / 2 },
  tanh: { constant: 0, slope: 1 },
  softsign: { constant: 0, slope: 1 },
  sigmoid: { constant: 1 / 4, slope: 1 / 16 },
};

function meanSquare(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value ** 2, 0) /
    values.length;
}
