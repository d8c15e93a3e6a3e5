import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { cifarHighway } from "../../lib/networks/cifar_highway.ts";
import { countMultiplyAdds, depthOf } from "../../lib/networks/count.ts";
import { forwardUntil } from "../../lib/networks/forward_until.ts";
import { glorotBengio } from "../../lib/networks/glorot_bengio.ts";
import { highway } from "../../lib/networks/highway.ts";
import { initialise } from "../../lib/networks/initialise.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { build, Model } from "../../lib/networks/model.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { outputDifference } from "../../lib/networks/output_difference.ts";
import { mapLayers, withoutShortcuts } from "../../lib/networks/variants.ts";
import { paperRow } from "../../lib/paper/paper_table.ts";
import { R15_TABLE_6 } from "../../lib/paper/r15_cifar.ts";
import { outline } from "./outline.ts";

await useBackend({ name: "tensorflow", quiet: true });

function images(): tf.Tensor4D {
  return tf.randomNormal([4, 32, 32, 3], 0, 1, "float32", 9);
}

Deno.test("cifarHighway() has the layers of the authors' released network", () => {
  // cifar10_network.prototxt of flukeskywalker/highway-networks, by hand.
  const layer = (filters: number) =>
    `(g * [3x3,${filters} ReLU] + (1 - g) * [x], g = 3x3,${filters} sigmoid)`;
  assertEquals(
    outline(cifarHighway().layers),
    [
      "dropout,0.2",
      "3x3,32 ReLU",
      ...Array(4).fill(layer(32)),
      "maxPool",
      "dropout,0.2",
      "3x3,80 ReLU",
      ...Array(5).fill(layer(80)),
      "maxPool",
      "dropout,0.2",
      "3x3,128 ReLU",
      ...Array(5).fill(layer(128)),
      "1x1,100 ReLU",
      "pool",
      "dropout,0.2",
      "fc,10",
    ].join(" "),
  );
});

Deno.test("cifarHighway() has the depth and parameters of the paper", () => {
  const network = cifarHighway();
  assertEquals(network.name, "highway-19, convolutional");
  const conv = (from: number, to: number, size = 3) =>
    (size * size * from + 1) * to;
  const parameters = conv(3, 32) + 4 * 2 * conv(32, 32) +
    conv(32, 80) + 5 * 2 * conv(80, 80) +
    conv(80, 128) + 5 * 2 * conv(128, 128) +
    conv(128, 100, 1) + 101 * 10;
  assertEquals(countParameters(network), parameters);
  const { layers, millionParameters } = paperRow(R15_TABLE_6, "Highway-19");
  assertEquals(depthOf(network), layers);
  assertEquals(Number((parameters / 1e6).toFixed(1)), millionParameters);
});

Deno.test("cifarHighway() takes layers, classes, and no dropout", () => {
  const network = cifarHighway({
    highwayLayers: [0, 1, 2],
    dropout: 0,
    classes: 100,
    channels: 1,
  });
  assertEquals(depthOf(network), 8);
  assertEquals(network.name, "highway-8, convolutional, dropout 0");
  assert(!outline(network.layers).includes("dropout"));
  const model = build(network, { seed: 0 });
  const x = tf.zeros([2, 32, 32, 1]) as tf.Tensor4D;
  assertEquals(model.logits(x).shape, [2, 100]);
  model.dispose();
  assertThrows(
    () => cifarHighway({ highwayLayers: [1, -1, 1] }),
    RangeError,
    "Expected highwayLayers to be an integer of at least 0 but found -1",
  );
});

Deno.test("highway() has as many parameters a layer as a plain network of 71 units", () => {
  const perLayer = (network: (layers: number) => Network) =>
    countParameters(network(20)) - countParameters(network(19));
  const gated = perLayer((hiddenLayers) => highway({ hiddenLayers }));
  const plain = perLayer((hiddenLayers) =>
    glorotBengio({ hiddenLayers, units: 71, activation: "relu" })
  );
  assertEquals([gated, plain], [2 * 51 * 50, 72 * 71]);
  assert(Math.abs(gated / plain - 1) < 0.01);
  for (const hiddenLayers of [10, 20, 50, 100]) {
    const network = highway({ hiddenLayers, input: [28, 28, 1] });
    assertEquals(depthOf(network), hiddenLayers + 1);
    assertEquals(
      countParameters(network),
      (784 + 1) * 50 + (hiddenLayers - 1) * 2 * 51 * 50 + 51 * 10,
    );
  }
  assertThrows(
    () => highway({ hiddenLayers: 0 }),
    RangeError,
    "Expected hiddenLayers to be an integer of at least 1 but found 0",
  );
});

/** The same layers without gates and shortcuts. */
function withoutGates(network: Network): Network {
  return mapLayers(
    network,
    (layer) =>
      layer.kind === "gated"
        ? { kind: "sequence", name: layer.name, layers: layer.body }
        : layer,
  );
}

for (
  const [describe, before, after] of [
    [
      (gateBias: number) =>
        highway({ hiddenLayers: 12, gateBias, activation: "tanh" }),
      "activation1",
      "hidden12",
    ],
    [
      (gateBias: number) =>
        cifarHighway({ highwayLayers: [3, 2, 2], gateBias }),
      "stage1/relu",
      "stage1/highway3",
    ],
  ] as const
) {
  Deno.test(`${describe(0).name}: closed gates carry, opened ones transform`, () => {
    const x = images();
    const closed = build(describe(-1000), { seed: 2 });
    assertEquals(
      forwardUntil(closed, x, after).dataSync(),
      forwardUntil(closed, x, before).dataSync(),
    );
    const opened = build(describe(1000), { seed: 2 });
    const plain = build(withoutGates(describe(0)), { seed: 2 });
    const [actual, expected] = [opened, plain].map((model) =>
      model.logits(x).dataSync()
    );
    assertEquals(actual, expected);
    [closed, opened, plain].forEach((model) => model.dispose());
  });

  Deno.test(`${describe(0).name}: gates start from their bias`, () => {
    const values = initialise(describe(-3), { seed: 0 });
    const biases = [...values].filter(([name]) => name.endsWith("gate/bias"));
    assert(biases.length > 5);
    assert(biases.every(([, bias]) => bias.every((value) => value === -3)));
    const others = [...values].filter(([name]) =>
      name.endsWith("/bias") && !name.endsWith("gate/bias")
    );
    assert(others.every(([, bias]) => bias.every((value) => value === 0)));
  });
}

Deno.test("a highway layer is H(x) T(x) + x (1 - T(x))", () => {
  const model = build(highway({ hiddenLayers: 3, gateBias: -1 }), {
    seed: 1,
  });
  const x = forwardUntil(model, images(), "hidden2") as tf.Tensor2D;
  const affine = (name: string) =>
    tf.add(
      tf.matMul(x, model.tensor<tf.Rank.R2>(`hidden3/${name}/kernel`)),
      model.tensor(`hidden3/${name}/bias`),
    );
  const [h, t] = [tf.relu(affine("transform")), tf.sigmoid(affine("gate"))];
  const carried = tf.mul(x, tf.sub(1, t));
  const expected = tf.add(tf.mul(h, t), carried);
  const actual = forwardUntil(model, images(), "hidden3");
  const largest = tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0]!;
  assert(largest < 1e-5, `${largest}`);
  assert(tf.max(tf.abs(carried)).dataSync()[0]! > 0.1);
  model.dispose();
});

Deno.test("multiply-adds of a gate count, its depth does not", () => {
  const network = highway({ hiddenLayers: 2, units: 7, input: [2, 2, 3] });
  assertEquals(countMultiplyAdds(network), 12 * 7 + 2 * 7 * 7 + 7 * 10);
  assertEquals(depthOf(network), 3);
});

Deno.test("withoutShortcuts() takes gates and shortcuts from highway networks", async () => {
  const network = highway({ hiddenLayers: 3, units: 4, gateBias: 40 });
  const plain = withoutShortcuts(network, "plain-3");
  assertEquals(
    countParameters(plain),
    (3072 + 1) * 4 + 2 * (4 + 1) * 4 + (4 + 1) * 10,
  );
  // Gates of bias 40 are open to the layers and close all shortcuts.
  const model = build(network, { seed: 0 });
  const twin = new Model(plain, await model.values());
  assert(await outputDifference(model, twin, images()) < 1e-4);
  const open = build(highway({ hiddenLayers: 3, units: 4 }), { seed: 0 });
  assert(await outputDifference(open, twin, images()) > 1e-2);
  [model, twin, open].forEach((one) => one.dispose());
});
