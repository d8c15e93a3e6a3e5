import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  byMagnitude,
  layerResponses,
} from "../../lib/measurements/layer_responses.ts";
import { responsePaths } from "../../lib/measurements/response_paths.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { batchNorm, convolution, relu } from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { EPSILON } from "../../lib/ops/batch_norm.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertAllClose, modelOf } from "./by_hand.ts";

/** Passes on what is in the middle of 9 pixels, times a factor. */
const middle = (factor: number) => [0, 0, 0, 0, factor, 0, 0, 0, 0];

testOnEachBackend(
  "layerResponses() are deviations after BN, before ReLU",
  async () => {
    const model = modelOf([2, 2, 1], [
      convolution("conv1", 1, 3),
      batchNorm("norm1"),
      relu("relu1"),
      convolution("conv2", 1, 3),
      relu("relu2"),
      convolution("pointwise", 1, 1),
    ], {
      "conv1/kernel": middle(2),
      "norm1/runningMean": [5],
      "norm1/runningVariance": [4 - EPSILON],
      "conv2/kernel": middle(3),
    });
    const images = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    const before = tf.memory().numTensors;
    const responses = await layerResponses(model, images);
    assertEquals(tf.memory().numTensors, before);
    // (2, 4, 6, 8) become (-1.5, -0.5, 0.5, 1.5), and 3 * (0, 0, 0.5, 1.5).
    assertEquals(responses.map(({ layer, path }) => `${layer} ${path}`), [
      "1 norm1",
      "2 conv2",
    ]);
    assertAllClose(responses.map(({ deviation }) => deviation), [
      Math.sqrt(1.25),
      3 * Math.sqrt(2.5 / 4 - 0.25),
    ]);
    assertEquals(byMagnitude(responses).map(({ layer }) => layer), [2, 1]);
    assertEquals(responses[0]?.layer, 1);
    const chosen = await layerResponses(model, images, { paths: ["conv1"] });
    assertAllClose(chosen.map(({ deviation }) => deviation), [
      2 * Math.sqrt(1.25),
    ]);
    model.dispose();
  },
);

Deno.test("layerResponses() in training mode leave the model as it is", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  const model = build(cifarResNet({ depth: 8 }), { seed: 1 });
  const before = await model.values();
  const images = tf.randomNormal([4, 32, 32, 3], 0, 1, "float32", 2);
  const responses = await layerResponses(model, images as tf.Tensor4D, {
    training: true,
  });
  // The mini-batch's own statistics make each channel's variance 1.
  assert(responses.every(({ deviation }) => Math.abs(deviation - 1) < 1e-2));
  assertEquals(await model.values(), before);
  await assertRejects(
    () => layerResponses(model, images as tf.Tensor4D, { paths: ["stage9"] }),
    Error,
    "but found stage9",
  );
  model.dispose();
});

Deno.test("responsePaths() has the 3x3 layers of each kind of unit", () => {
  assertEquals(responsePaths(cifarPlain({ depth: 56 })).length, 55);
  assertEquals(responsePaths(cifarResNet({ depth: 110 })).length, 109);
  const first = (options: Parameters<typeof cifarResNet>[0]) =>
    responsePaths(cifarResNet(options)).slice(0, 3).join(" ");
  assertEquals(
    first({ depth: 20, activation: "preActivation" }),
    "conv stage1/unit1/norm2 stage1/unit1/conv2",
  );
  assertEquals(
    first({ depth: 20, activation: "batchNormAfterAddition" }),
    "norm stage1/unit1/norm1 stage1/unit1/conv2",
  );
  // One 3x3 layer a bottleneck; the projection is on a shortcut.
  assertEquals(
    first({ depth: 29, unit: "bottleneck" }),
    "norm stage1/unit1/norm2 stage1/unit2/norm2",
  );
  const projections = cifarResNet({ depth: 20, shortcut: "C" });
  assertEquals(responsePaths(projections, 1), []);
});
