import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { gradientsOf } from "../../lib/measurements/gradients_of.ts";
import {
  pathGradients,
  pathMeter,
} from "../../lib/measurements/path_gradients.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { highway } from "../../lib/networks/highway.ts";
import { flatten, residual, scale } from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertAllClose, modelOf } from "./by_hand.ts";

testOnEachBackend("pathGradients() multiply along paths, by hand", async () => {
  // Bodies multiply by 2, shortcuts by 3 and 1.
  const model = modelOf([1, 1, 2], [
    residual("first", [scale("body", 2)], [scale("shortcut", 3)]),
    residual("second", [scale("body", 2)]),
    flatten("flatten"),
  ]);
  const images = tf.tensor4d([0.1, 0.2], [1, 1, 1, 2]);
  const labels = tf.tensor1d([0], "int32");
  const before = tf.memory().numTensors;
  const found = await pathGradients(model, images, labels, { samples: 8 });
  assertEquals(tf.memory().numTensors, before);
  // Logits are (1.5, 3); the loss's gradient by them is p * (-1, 1).
  const slope = Math.SQRT2 / (1 + Math.exp(-1.5));
  assertEquals(found.map(({ length }) => length), [0, 1, 2]);
  assertAllClose(found.map(({ share }) => share), [0.25, 0.5, 0.25]);
  assertAllClose([found[0]!.mean, found[2]!.mean], [3 * slope, 4 * slope]);
  const norms = found[1]!.norms.map((norm) => Math.round(norm / slope));
  assertEquals(new Set(norms), new Set([2, 6]));
  model.dispose();
});

Deno.test("the gradients through all paths add up to the whole gradient", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  for (const training of [false, true]) {
    const network = cifarResNet({ depth: 8, shortcut: "B" });
    const model = build(network, { seed: 1 });
    const images = tf.randomNormal([3, 32, 32, 3], 0, 1, "float32", 2);
    const labels = tf.tensor1d([1, 2, 3], "int32");
    const before = await model.values();
    const meter = pathMeter(model, images as tf.Tensor4D, labels, { training });
    const sum = new Float32Array(images.size);
    for (let path = 0; path < 8; path++) {
      const bits = [1, 2, 4].map((bit) => (path & bit) > 0);
      (await meter.gradient(bits)).forEach((g, i) => sum[i]! += g);
    }
    meter.dispose();
    const whole = gradientsOf(model, images as tf.Tensor4D, labels, [""], {
      training,
    }).get("")!.dataSync() as Float32Array;
    const largest = whole.reduce((most, g) => Math.max(most, Math.abs(g)), 0);
    assert(largest > 1e-4);
    whole.forEach((g, i) => assert(Math.abs(g - sum[i]!) < 1e-4 * largest));
    assertEquals(await model.values(), before);
    await assertRejects(
      () =>
        pathGradients(model, images as tf.Tensor4D, labels, { lengths: [4] }),
      RangeError,
      "Expected lengths from 0 to the 3 units of ResNet-8 B but found 4",
    );
    model.dispose();
  }
});

Deno.test("pathGradients() refuses gated units", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  const model = build(highway({ hiddenLayers: 3 }), { seed: 0 });
  const images = tf.zeros([1, 32, 32, 3]) as tf.Tensor4D;
  await assertRejects(
    () => pathGradients(model, images, tf.tensor1d([0], "int32")),
    Error,
    `Expected residual units only in ${model.network.name} but found the gated unit `,
  );
  model.dispose();
});
