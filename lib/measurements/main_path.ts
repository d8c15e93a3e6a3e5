import * as tf from "@tensorflow/tfjs";
import type { ForwardOptions, Model } from "../networks/model.ts";
import type { MeasureOptions } from "./measure_options.ts";
import { measureStep } from "./measure_step.ts";
import { type ResidualChain, residualChains } from "./residual_chains.ts";

/** The main path of a network after one of its residual units. */
export interface MainPathPoint {
  /** Path of the unit, such as "stage1/unit2": its output is `x_{l+1}`. */
  readonly unit: string;
  /** Number of units since the path began, or since dimensions changed. */
  readonly units: number;
  /** Share of the values of `F(x_l)` that are below 0. */
  readonly bodyBelowZero: number;
  /**
   * Share of the values of `h(x_l) + F(x_l)` that are below 0: what a ReLU after
   * the addition cuts off.
   */
  readonly sumBelowZero: number;
  /**
   * Standard deviation of `h(x_l) + F(x_l)` in a channel: the root of the mean of
   * the channels' variances. Batch normalisation after the addition divides by
   * it, the shortcut's part too.
   */
  readonly sumDeviation: number;
  /** Mean of `x_{l+1}` over images, pixels and channels. */
  readonly mean: number;
  /** Standard deviation of `x_{l+1}` over them. */
  readonly deviation: number;
  /**
   * How much of what came in is in `x_{l+1}` still: its correlation with `x_l` of
   * the first unit, channel by channel less their means. 1 of a path on which
   * nothing is added and nothing changed, near 0 where nothing is left.
   */
  readonly kept: number;
}

/**
 * What residual units leave on the main path, unit by unit, for each of a
 * network's {@linkcode residualChains}: where activations stand (R16 Fig. 4)
 * decides whether it is changed besides what is added, whether that can be below
 * 0, and how it grows. The model stays as it is.
 *
 * With `a` and `b` for `x_{l+1}` and the first unit's `x_l`, each less its
 * channel's mean, `kept` is `sum(a b) / sqrt(sum(a^2) sum(b^2))`.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @returns In the order in which data flows; units where dimensions change are
 * left out.
 *
 * @example A ReLU at a body's end lets nothing below 0 through
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { mainPath } from "./main_path.ts";
 *
 * await useBackend({ quiet: true });
 * const network = cifarResNet({ depth: 8, activation: "reluBeforeAddition" });
 * const images = tf.randomNormal([2, 32, 32, 3]) as tf.Tensor4D;
 * const [first] = await mainPath(build(network, { seed: 0 }), images);
 * assertEquals(first?.unit, "stage1/unit1");
 * assertEquals(first?.bodyBelowZero, 0);
 * ```
 */
export async function mainPath(
  model: Model,
  images: tf.Tensor4D,
  options: MeasureOptions = {},
): Promise<MainPathPoint[]> {
  const chains = residualChains(model.network);
  const places = chains.flatMap(({ start, units }) =>
    units.map(({ path }, i) => ({ path, units: i + 1, start }))
  );
  if (places.length === 0) return [];
  const values = await measureStep(model, images, options, (images, mode) => {
    const found = measuredOn(chains, (watch) => {
      model.logits(images, { ...mode, ...watch });
    });
    const rows = places.map(({ path }) => tf.stack(found.get(path)!));
    tf.dispose([...found.values()].flat());
    return tf.stack(rows);
  });
  return places.map(({ path, units }, i) => {
    const row = values.subarray(i * COLUMNS, (i + 1) * COLUMNS);
    const [bodyBelowZero = NaN, sumBelowZero = NaN, ofSum = NaN] = row;
    const [mean = NaN, variance = NaN, kept = NaN] = row.subarray(3);
    const [sumDeviation, deviation] = [ofSum, variance].map(Math.sqrt) as [
      number,
      number,
    ];
    return {
      ...{ unit: path, units, bodyBelowZero, sumBelowZero, sumDeviation },
      ...{ mean, deviation, kept },
    };
  });
}

/** Numbers of a unit. */
const COLUMNS = 6;

/** Watches a forward pass; gives {@linkcode COLUMNS} scalars of each unit. */
function measuredOn(
  chains: readonly ResidualChain[],
  run: (watch: Pick<ForwardOptions, "tap" | "tapUnit">) => void,
): Map<string, tf.Scalar[]> {
  const startOf = new Map(
    chains.flatMap(({ start, units }) =>
      units.map(({ path }) => [path, start] as const)
    ),
  );
  const starts = new Map<string, tf.Tensor>();
  const wanted = new Set(startOf.values());
  const found = new Map<string, tf.Scalar[]>();
  run({
    tapUnit(path, { body, shortcut, output }) {
      if (startOf.has(path)) {
        const sum = tf.add(shortcut, body);
        found.set(path, [belowZero(body), belowZero(sum), varianceIn(sum)]);
      }
      return output;
    },
    tap(path, output) {
      // A start may be a unit's output: of the chain before.
      if (wanted.has(path)) starts.set(path, tf.keep(tf.clone(output)));
      const start = starts.get(startOf.get(path) ?? "none");
      if (start !== undefined) {
        const { mean, variance } = tf.moments(output);
        found.get(path)!.push(
          ...[mean, variance, correlation(start, output)].map((value) =>
            tf.keep(value as tf.Scalar)
          ),
        );
      }
      return output;
    },
  });
  tf.dispose([...starts.values()]);
  return found;
}

function belowZero(x: tf.Tensor): tf.Scalar {
  return tf.keep(tf.tidy(() => tf.mean(tf.cast(tf.less(x, 0), "float32"))));
}

/** The mean of the channels' variances. */
function varianceIn(x: tf.Tensor): tf.Scalar {
  return tf.keep(tf.tidy(() => tf.mean(tf.moments(x, [0, 1, 2]).variance)));
}

/** Over all values, each less its channel's mean. */
function correlation(x: tf.Tensor, y: tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    const [a, b] = [x, y].map((one) =>
      tf.sub(one, tf.mean(one, [0, 1, 2], true))
    ) as [tf.Tensor, tf.Tensor];
    const [ab, aa, bb] = [[a, b], [a, a], [b, b]].map(([one, other]) =>
      tf.sum(tf.mul(one!, other!))
    ) as [tf.Tensor, tf.Tensor, tf.Tensor];
    return tf.div(ab, tf.sqrt(tf.mul(aa, bb))) as tf.Scalar;
  });
}
