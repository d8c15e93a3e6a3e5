import type * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../data/check_integer.ts";
import type { Model } from "../networks/model.ts";
import { unitPlaces } from "../networks/unit_places.ts";
import { gradientsOf } from "./gradients_of.ts";
import type { MeasureOptions } from "./measure_options.ts";
import { pathMeter } from "./path_gradients.ts";

/** One of the ways through a network, and the gradient that comes by it. */
export interface UnitPath {
  /** Of each unit, whether the path leads through its body. */
  readonly throughBody: readonly boolean[];
  /** Number of bodies that it leads through. */
  readonly length: number;
  /** Norm of the gradient at the images. */
  readonly norm: number;
}

/** The paths of a network, and how far their sum is from the whole. */
export interface SumOfPaths {
  /** All of them, `2^n` of `n` units, the shortest first. */
  readonly paths: readonly UnitPath[];
  /** Norm of the gradient at the images. */
  readonly norm: number;
  /** Norm of its difference from the sum over the paths. */
  readonly difference: number;
}

/** With more, all paths take too long: there are `2^n` of them. */
const MOST_UNITS = 10;

/**
 * Takes a network apart into its paths (Veit et al. 2016, section 3): a unit's
 * derivative is `d h / dx + d F / dx`, so that the gradient of the loss by the
 * images, a product over `n` units, is a sum of `2^n` products. Each is measured
 * alone, and their sum compared with the gradient of the whole. The model stays
 * as it is.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @param labels Classes of shape `[batch]`, int32.
 * @throws {RangeError} If the network has no units, or more than 10.
 *
 * @example The 8 paths of ResNet-8
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { sumOfPaths } from "./sum_of_paths.ts";
 *
 * await useBackend({ quiet: true });
 * const model = build(cifarResNet({ depth: 8 }), { seed: 0 });
 * const images = tf.randomNormal([2, 32, 32, 3]) as tf.Tensor4D;
 * const labels = tf.tensor1d([3, 5], "int32");
 * const { paths, norm, difference } = await sumOfPaths(model, images, labels);
 * assertEquals(paths.map(({ length }) => length), [0, 1, 1, 1, 2, 2, 2, 3]);
 * assert(difference < 1e-4 * norm);
 * ```
 */
export async function sumOfPaths(
  model: Model,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  options: MeasureOptions = {},
): Promise<SumOfPaths> {
  const units = unitPlaces(model.network).length;
  checkInteger(units, "units", 1);
  if (units > MOST_UNITS) {
    throw new RangeError(
      `Expected at most ${MOST_UNITS} units but found the ${units} of ${model.network.name}`,
    );
  }
  const [gradient] = gradientsOf(model, images, labels, [""], options).values();
  const whole = await gradient!.data() as Float32Array;
  gradient!.dispose();
  const rest = Float64Array.from(whole);
  const meter = pathMeter(model, images, labels, options);
  try {
    const paths: UnitPath[] = [];
    for (const throughBody of choices(units)) {
      const part = await meter.gradient(throughBody);
      part.forEach((value, i) => rest[i]! -= value);
      const length = throughBody.filter(Boolean).length;
      paths.push({ throughBody, length, norm: normOf(part) });
    }
    paths.sort((a, b) => a.length - b.length);
    return { paths, norm: normOf(whole), difference: normOf(rest) };
  } finally {
    meter.dispose();
  }
}

/** All lists of so many booleans. */
function choices(count: number): boolean[][] {
  return Array.from(
    { length: 2 ** count },
    (_, path) => Array.from({ length: count }, (_, i) => (path >> i & 1) === 1),
  );
}

function normOf(values: Float32Array | Float64Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}
