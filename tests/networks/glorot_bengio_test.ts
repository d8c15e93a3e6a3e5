import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { activations } from "../../lib/measurements/activations.ts";
import { gradientsOf } from "../../lib/measurements/gradients_of.ts";
import { depthOf } from "../../lib/networks/count.ts";
import { glorotBengio } from "../../lib/networks/glorot_bengio.ts";
import {
  type Initialiser,
  standardUniform,
  xavierUniform,
} from "../../lib/networks/initialisers.ts";
import { build } from "../../lib/networks/model.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { outline } from "./outline.ts";

await useBackend({ name: "tensorflow", quiet: true });

Deno.test("glorotBengio() has 1 to 5 layers of 1000 units and a classifier", () => {
  for (const hiddenLayers of [1, 2, 3, 4, 5]) {
    const network = glorotBengio({ hiddenLayers, activation: "sigmoid" });
    assertEquals(depthOf(network), hiddenLayers + 1);
    assertEquals(
      countParameters(network),
      3073 * 1000 + (hiddenLayers - 1) * 1001 * 1000 + 1001 * 10,
    );
  }
  const network = glorotBengio({
    hiddenLayers: 2,
    activation: "softsign",
    units: 30,
    input: [28, 28, 1],
    classes: 7,
  });
  assertEquals(
    outline(network.layers),
    "flatten fc,30 softsign fc,30 softsign fc,7",
  );
  assertEquals(network.name, "softsign-2, 30 units");
  assertEquals(countParameters(network), 785 * 30 + 31 * 30 + 31 * 7);
  assertThrows(
    () => glorotBengio({ hiddenLayers: 0, activation: "tanh" }),
    RangeError,
    "Expected hiddenLayers to be an integer of at least 1 but found 0",
  );
});

Deno.test("glorotBengio() normalises before each non-linearity, not the classifier", () => {
  const network = glorotBengio({
    ...{ hiddenLayers: 2, activation: "sigmoid", units: 30 },
    ...{ input: [4, 4, 3], normalised: true },
  });
  assertEquals(
    outline(network.layers),
    "flatten fc,30 BN sigmoid fc,30 BN sigmoid fc,10",
  );
  assertEquals(network.name, "BN sigmoid-2, 30 units");
  // A scale and a shift for each unit.
  assertEquals(countParameters(network), 49 * 30 + 31 * 30 + 310 + 2 * 60);
});

/** Variances of activations and of gradients in the five hidden layers. */
function variances(initialiser: Initialiser): {
  activations: number[];
  gradients: number[];
} {
  const network = glorotBengio({
    hiddenLayers: 5,
    activation: "tanh",
    units: 500,
  });
  const model = build(network, { seed: 6, initialiser });
  // Small values, for which tanh is the identity, as the paper's section 4.2
  // supposes.
  const x = tf.randomNormal([40, 32, 32, 3], 0, 0.02, "float32", 1);
  const labels = tf.tensor1d(Array.from({ length: 40 }, (_, i) => i % 10));
  const paths = [1, 2, 3, 4, 5].map((i) => `activation${i}`);
  const images = x as tf.Tensor4D;
  const outputs = activations(model, images, paths);
  const gradients = gradientsOf(
    model,
    images,
    tf.cast(labels, "int32"),
    paths,
  );
  model.dispose();
  const varianceOf = (tensors: Map<string, tf.Tensor>) =>
    paths.map((path) => tf.moments(tensors.get(path)!).variance.dataSync()[0]!);
  return {
    activations: varianceOf(outputs),
    gradients: varianceOf(gradients),
  };
}

function ratios(values: number[]): number[] {
  return values.slice(1).map((value, i) => value / values[i]!);
}

function assertAll(values: number[], expected: number, tolerance: number) {
  for (const value of values) {
    assert(Math.abs(value / expected - 1) < tolerance, `${values}`);
  }
}

Deno.test("the standard initialisation divides variances by three a layer (section 4.2.1, eq. 15)", () => {
  const { activations, gradients } = variances(standardUniform());
  assertAll(ratios(activations), 1 / 3, 0.15);
  assertAll(ratios(gradients.toReversed()), 1 / 3, 0.15);
});

Deno.test("Xavier's initialisation keeps variances (eqs. 8 and 9)", () => {
  const { activations, gradients } = variances(xavierUniform());
  assertAll(ratios(activations), 1, 0.15);
  assertAll(ratios(gradients.toReversed()), 1, 0.15);
});
