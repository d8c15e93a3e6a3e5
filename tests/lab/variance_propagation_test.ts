import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import {
  type LayerVariance,
  variancePropagation,
} from "../../lib/lab/variance_propagation.ts";
import {
  fixedNormal,
  heNormal,
  type Initialiser,
  orthogonal,
  standardUniform,
  xavierUniform,
} from "../../lib/networks/initialisers.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertAllClose } from "../measurements/by_hand.ts";

/** Each unit passes on its own input, times a factor. */
const scaledIdentity = (factor: number): Initialiser => ({
  name: "identity",
  draw: ({ shape: [rows = 1, columns = 1] }) =>
    Float32Array.from(
      { length: rows * columns },
      (_, i) => Math.floor(i / columns) === i % columns ? factor : 0,
    ),
});

testOnEachBackend(
  "variancePropagation() of factors is their power, by hand",
  async () => {
    const before = tf.memory().numTensors;
    const layers = await variancePropagation({
      hiddenLayers: 3,
      initialiser: scaledIdentity(0.01),
      activation: "tanh",
      units: 4,
    });
    assertEquals(tf.memory().numTensors, before);
    assertEquals(layers.map(({ layer }) => layer), [1, 2, 3]);
    const [first] = layers;
    const ratios = (values: readonly number[], by: number) =>
      values.map((value) => value / by);
    // tanh is nearly the identity there.
    for (const kind of ["measured", "predicted"] as const) {
      const forward = layers.map((layer) => layer.forward[kind]);
      const backward = layers.map((layer) => layer.backward[kind]);
      assertAllClose(
        ratios(forward, first!.forward[kind]),
        [1, 1e-4, 1e-8],
        1e-3,
      );
      assertAllClose(ratios(backward, backward[2]!), [1e-8, 1e-4, 1], 1e-3);
    }
  },
);

/** How many times the measurement is off, at most. */
function farthest(layers: readonly LayerVariance[]): number {
  return Math.max(
    ...layers.flatMap(({ forward, backward }) =>
      [forward, backward].map(({ measured, predicted }) =>
        Math.abs(Math.log2(measured / predicted))
      )
    ),
  );
}

Deno.test("the formulas hold in ReLU nets of 5 and 50 layers", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  for (const hiddenLayers of [5, 50]) {
    for (
      const initialiser of [
        heNormal(),
        standardUniform(),
        fixedNormal(0.08),
        fixedNormal(0.2),
      ]
    ) {
      const layers = await variancePropagation({
        hiddenLayers,
        initialiser,
        units: 200,
        batchSize: 30,
      });
      // In log2, while the variances go through up to 130 powers of 2.
      assert(
        farthest(layers) < 2.5,
        `${initialiser.name}: ${farthest(layers)}`,
      );
    }
  }
});

Deno.test("He keeps the variance of 50 ReLU layers, Xavier halves it in each", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  const powers = async (initialiser: Initialiser) => {
    const layers = await variancePropagation({
      hiddenLayers: 50,
      initialiser,
      units: 100,
      batchSize: 30,
    });
    const log = Math.log2(
      layers.at(-1)!.forward.measured / layers[0]!.forward.measured,
    );
    return log / 49;
  };
  assert(Math.abs(await powers(heNormal())) < 0.1);
  assert(Math.abs(await powers(xavierUniform()) + 1) < 0.1);
  // A third of 1 / n, of which a ReLU lets a half through.
  assert(Math.abs(await powers(standardUniform()) + Math.log2(6)) < 0.1);
});

Deno.test("orthogonal kernels keep a tanh net's small variance to the letter", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  const layers = await variancePropagation({
    hiddenLayers: 5,
    initialiser: orthogonal({ gain: 0.01 }),
    activation: "tanh",
  });
  assert(farthest(layers) < 1e-3, `${farthest(layers)}`);
});

Deno.test("a sigmoid's gradients fall by 16 times n Var[W] a layer", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  const layers = await variancePropagation({
    hiddenLayers: 5,
    initialiser: fixedNormal(0.01),
    activation: "sigmoid",
    units: 300,
  });
  assert(farthest(layers) < 0.3, `${farthest(layers)}`);
  const fall = layers[0]!.backward.measured / layers[1]!.backward.measured;
  assert(Math.abs(fall * 16 / (300 * 0.01 ** 2) - 1) < 0.15, `${fall}`);
});
