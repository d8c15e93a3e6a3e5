import { assertAlmostEquals } from "@std/assert";
import { initialise } from "../../lib/networks/initialise.ts";
import type { Layer, Network } from "../../lib/networks/layer.ts";
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
