import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { signalsOf } from "../../lib/measurements/signals_of.ts";
import { cifarPlain } from "../../lib/networks/cifar.ts";
import {
  dense,
  globalAveragePool,
  residual,
  scale,
} from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertAllClose, modelOf } from "./by_hand.ts";

testOnEachBackend("signalsOf() are sizes and gradients, by hand", async () => {
  const model = modelOf([1, 2, 1], [
    residual("first", [scale("one", 1)]),
    residual("second", [scale("two", 2)]),
    globalAveragePool("pool"),
    dense("classifier", 2),
  ], { "classifier/kernel": [1, -1], "classifier/bias": [0, 0] });
  const images = tf.tensor4d([0.1, 0.2], [1, 1, 2, 1]);
  const labels = tf.tensor1d([0], "int32");
  const before = tf.memory().numTensors;
  const [first, second] = await signalsOf(model, images, labels);
  assertEquals(tf.memory().numTensors, before);
  assertEquals([first?.unit, second?.unit], ["first", "second"]);
  const size = Math.sqrt((0.01 + 0.04) / 2);
  assertAllClose([first!.signal, second!.signal], [2 * size, 6 * size]);
  // The loss is log(1 + exp(-2 m)) of the mean m = 0.9 of (0.6, 1.2).
  const slope = 2 / (1 + Math.exp(1.8));
  const gradient = Math.SQRT2 * slope / 2;
  assertAllClose(
    [first!.gradient, second!.gradient],
    [3 * gradient, gradient],
  );
  model.dispose();
});

Deno.test("signalsOf() of a network without units is empty", async () => {
  const model = build(cifarPlain({ depth: 8 }), { seed: 0 });
  const labels = tf.tensor1d([0], "int32");
  assertEquals(await signalsOf(model, tf.ones([1, 32, 32, 3]), labels), []);
  model.dispose();
});
