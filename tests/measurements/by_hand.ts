import { assertAlmostEquals } from "@std/assert";
import { initialise } from "../../lib/networks/initialise.ts";
import {
  convolution,
  globalAveragePool,
  type Layer,
  type Network,
  relu,
  residual,
  scale,
  sequence,
} from "../../lib/networks/layer.ts";
import { Model } from "../../lib/networks/model.ts";

/** A network of a few layers, with the values that a test gives by name. */
export function modelOf(
  input: Network["input"],
  layers: readonly Layer[],
  given: Readonly<Record<string, readonly number[]>> = {},
): Model {
  const network: Network = { name: "by hand", input, layers };
  const values = initialise(network, { seed: 0 });
  for (const [name, numbers] of Object.entries(given)) {
    values.set(name, Float32Array.from(numbers));
  }
  return new Model(network, values);
}

/** `x_1 = 2 x_0 + 3 x_0`, `x_2 = 0.5 x_1 - x_1`; the logits are `x_2` and 0. */
export function linearModel(): Model {
  const unit = (name: string, shortcut: number) =>
    residual(name, [convolution("conv", 1, 1)], [scale("scale", shortcut)]);
  return modelOf([1, 1, 1], [
    scale("start", 1),
    unit("first", 2),
    unit("second", 0.5),
    convolution("classes", 2, 1),
    globalAveragePool("pool"),
  ], {
    "first/conv/kernel": [3],
    "second/conv/kernel": [-1],
    "classes/kernel": [1, 0],
  });
}

/** A unit named "first" that swaps two channels: `ReLU(swap(x) + 2 x)`. */
export const SWAPPING: Layer = sequence("first", [
  residual("", [convolution("swap", 2, 1)], [scale("twice", 2)]),
  relu("relu"),
]);

/** The kernel of {@linkcode SWAPPING}. */
export const SWAP = { "first/swap/kernel": [0, 1, 1, 0] };

/** Compares lists of numbers. */
export function assertAllClose(
  actual: readonly number[],
  expected: readonly number[],
  tolerance = 1e-5,
): void {
  if (actual.length !== expected.length) {
    throw new Error(`${actual.length} numbers, not ${expected.length}`);
  }
  expected.forEach((value, i) => {
    const scale = Math.max(1, Math.abs(value));
    assertAlmostEquals(actual[i]! / scale, value / scale, tolerance, `at ${i}`);
  });
}
