import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { convolutionInputs } from "../../lib/measurements/convolution_inputs.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import {
  concatenation,
  convolution,
  relu,
  residual,
  scale,
  sequence,
} from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertAllClose, modelOf } from "./by_hand.ts";

testOnEachBackend("convolutionInputs() are moments, by hand", async () => {
  const model = modelOf([1, 2, 1], [
    convolution("first", 1, 1),
    sequence("unit", [
      relu("relu"),
      residual("", [scale("double", 2), convolution("body", 1, 1)], [
        convolution("projection", 1, 1),
      ]),
    ]),
    convolution("last", 1, 1),
  ], {
    "first/kernel": [-1],
    "unit/body/kernel": [1],
    "unit/projection/kernel": [1],
  });
  const before = tf.memory().numTensors;
  const images = tf.tensor4d([3, -4], [1, 1, 2, 1]);
  const inputs = await convolutionInputs(model, images);
  assertEquals(tf.memory().numTensors, before + 1);
  assertEquals(inputs.map(({ path, from }) => [path, from]), [
    ["first", ""],
    ["unit/body", "unit/double"],
    ["last", "unit"],
  ]);
  // (3, -4), then 2 max(-x, 0) = (0, 8), then that and (0, 4).
  assertAllClose(inputs.map(({ mean }) => mean), [-0.5, 4, 6]);
  assertAllClose(inputs.map(({ deviation }) => deviation), [3.5, 4, 6]);
  assertAllClose(
    inputs.map(({ size }) => size ** 2),
    [25 / 2, 64 / 2, 144 / 2],
  );
  model.dispose();
});

Deno.test("convolutionInputs() leaves out what reads a sum without a name", async () => {
  const model = modelOf([1, 1, 1], [
    residual("", [scale("double", 2)]),
    convolution("unknown", 1, 1),
    concatenation("both", [[convolution("left", 1, 1)], []]),
    relu("relu"),
  ]);
  const inputs = await convolutionInputs(model, tf.ones([1, 1, 1, 1]));
  assertEquals(inputs.map(({ path }) => path), ["both/left"]);
  model.dispose();
});

Deno.test("convolutionInputs() of units read what stands before them", async () => {
  const fromOf = async (activation: "original" | "preActivation") => {
    const network = cifarResNet({ depth: 14, activation });
    const model = build(network, { seed: 0 });
    const inputs = await convolutionInputs(model, tf.ones([1, 32, 32, 3]));
    model.dispose();
    return inputs.find(({ path }) => path === "stage1/unit2/conv1")?.from;
  };
  assertEquals(await fromOf("original"), "stage1/unit1");
  assertEquals(await fromOf("preActivation"), "stage1/unit2/relu1");
});
