import * as tf from "@tensorflow/tfjs";
import { jit } from "../backends/jit.ts";
import { checkInteger } from "../data/check_integer.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import { createRandom } from "../data/random.ts";
import {
  dense,
  flatten,
  type Layer,
  type Network,
  relu,
  residual,
  sequence,
} from "../networks/layer.ts";
import { build, type Model } from "../networks/model.ts";
import { momentumUpdate } from "../ops/momentum_update.ts";

/** Options of {@linkcode learnIdentity}. */
export interface LearnIdentityOptions {
  /** Layers of the stack. Default 3. */
  readonly depth?: number;
  /** Features that are to be passed on, and units of a layer. Default 32. */
  readonly units?: number;
  /** Updates. Default 300. */
  readonly steps?: number;
  /** Examples of a mini-batch. Default 64. */
  readonly batchSize?: number;
  /** Default 0.05. */
  readonly learningRate?: number;
  /** Default 0.9. */
  readonly momentum?: number;
  /** One run of each kind for each seed. Default `[0, 1, 2]`. */
  readonly seeds?: readonly number[];
  /** Told of how many runs are done, and of how many there are. */
  readonly onProgress?: (done: number, all: number) => void;
  /** Whether to stop; asked before each step. */
  readonly stopRequested?: () => boolean;
}

const OPTIONS: OptionNames<LearnIdentityOptions> = {
  depth: true,
  units: true,
  steps: true,
  batchSize: true,
  learningRate: true,
  momentum: true,
  seeds: true,
  onProgress: true,
  stopRequested: true,
};

/** How a stack of layers learned the identity. */
export interface IdentityRun {
  /** As they are, or as the body of a residual unit. */
  readonly kind: "plain" | "residual";
  readonly seed: number;
  /**
   * Before each update, the mean squared error over the mean square of the
   * input: an output of zeros has 1, the identity 0.
   */
  readonly losses: readonly number[];
}

/**
 * Learns the identity, `y = x`, with a stack of fully connected layers, and with
 * the same stack as the body of a residual unit, `y = F(x) + x`: R15 section 1
 * says that "if an identity mapping were optimal, it would be easier to push the
 * residual to zero than to fit an identity mapping by a stack of nonlinear
 * layers". ReLUs stand between the layers. Both kinds have the same initial
 * values (He), the same examples and the same SGD with momentum.
 *
 * The features are those that a ReLU has let through, `max(0, n)` of normal
 * numbers `n`, so that both stacks can be the exact identity.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If a number is not an integer greater than 0.
 *
 * @example After the same updates
 * ```ts
 * import { assert } from "@std/assert";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { learnIdentity } from "./learn_identity.ts";
 *
 * await useBackend({ quiet: true });
 * const [plain, residual] = await learnIdentity({ steps: 100, seeds: [0] });
 * assert(residual!.losses.at(-1)! < plain!.losses.at(-1)!);
 * ```
 */
export async function learnIdentity(
  options: LearnIdentityOptions = {},
): Promise<IdentityRun[]> {
  checkOptions(options, OPTIONS);
  const { depth = 3, units = 32, steps = 300, batchSize = 64 } = options;
  const { seeds = [0, 1, 2], onProgress } = options;
  Object.entries({ depth, units, steps, batchSize })
    .forEach(([name, value]) => checkInteger(value, name, 1));
  const runs: IdentityRun[] = [];
  for (const seed of seeds) {
    for (const kind of ["plain", "residual"] as const) {
      const model = build(stack(kind, depth, units), { seed });
      try {
        const losses = await learn(model, seed, steps, batchSize, options);
        runs.push({ kind, seed, losses });
      } finally {
        model.dispose();
      }
      onProgress?.(runs.length, 2 * seeds.length);
    }
  }
  return runs;
}

/** Tensors have the same names in both kinds: they start from the same values. */
function stack(
  kind: IdentityRun["kind"],
  depth: number,
  units: number,
): Network {
  const body: Layer[] = Array.from({ length: depth }, (_, i) => [
    ...i === 0 ? [] : [relu(`relu${i}`)],
    dense(`layer${i + 1}`, units),
  ]).flat();
  const unit = kind === "plain"
    ? sequence("unit", body)
    : residual("unit", body);
  return {
    name: `${kind} stack-${depth}`,
    input: [1, 1, units],
    layers: [flatten("flatten"), unit],
  };
}

async function learn(
  model: Model,
  seed: number,
  steps: number,
  batchSize: number,
  options: LearnIdentityOptions,
): Promise<number[]> {
  const { learningRate = 0.05, momentum = 0.9, stopRequested } = options;
  const [, , units] = model.network.input;
  const variables = model.variables;
  const velocities = variables.map((variable) =>
    tf.tidy(() => tf.variable(tf.zerosLike(variable), false))
  );
  const step = jit((x: tf.Tensor4D) => {
    const { value, grads } = tf.variableGrads(
      () => relativeError(model.logits(x), x),
      variables,
    );
    const numbers = { learningRate: tf.scalar(learningRate), momentum };
    variables.forEach((variable, i) =>
      momentumUpdate(
        variable,
        velocities[i]!,
        grads[variable.name]!,
        numbers,
      )
    );
    return [value];
  });
  const losses: number[] = [];
  try {
    while (losses.length < steps && !stopRequested?.()) {
      const random = createRandom(seed, losses.length);
      const features = Float32Array.from(
        { length: batchSize * units },
        () => Math.max(0, random.normal()),
      );
      const x = tf.tensor4d(features, [batchSize, 1, 1, units]);
      const [loss] = await step(x).finally(() => x.dispose());
      losses.push((await loss.data())[0] ?? NaN);
      loss.dispose();
    }
    return losses;
  } finally {
    step.dispose();
    tf.dispose(velocities);
  }
}

function relativeError(y: tf.Tensor2D, x: tf.Tensor4D): tf.Scalar {
  const wanted = tf.reshape(x, y.shape);
  const square = (value: tf.Tensor) => tf.mean(tf.square(value));
  return tf.div(square(tf.sub(y, wanted)), square(wanted));
}
