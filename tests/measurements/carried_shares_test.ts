import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { carriedShares } from "../../lib/measurements/carried_shares.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import {
  activation,
  convolution,
  gated,
  scale,
  zeroPadShortcut,
} from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertAllClose, modelOf } from "./by_hand.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** A unit that gives `(1 - g(x)) * x`, where `g(x) = sigmoid(w * x)`. */
function unit(name: string, channels = 1) {
  return gated(name, {
    body: [scale("zero", 0)],
    gate: [convolution("gate", channels, 1), activation("sigmoid", "sigmoid")],
  });
}

testOnEachBackend(
  "carriedShares() are means of products of what gates leave, by hand",
  async () => {
    const model = modelOf([1, 2, 1], [unit("a"), unit("b")], {
      "a/gate/kernel": [1],
      "b/gate/kernel": [2],
    });
    const images = tf.tensor4d([3, -1], [1, 1, 2, 1]);
    const before = tf.memory().numTensors;
    const rows = await carriedShares(model, images);
    assertEquals(tf.memory().numTensors, before);
    const [left, right] = [3, -1].map((x) => {
      const a = 1 - sigmoid(x);
      return [a, a * (1 - sigmoid(2 * a * x))];
    });
    assertEquals(rows.map(({ unit }) => unit), ["a", "b"]);
    // The mean of the products, which is not the product of the means.
    assertAllClose(rows.map(({ share }) => share), [
      (left![0]! + right![0]!) / 2,
      (left![1]! + right![1]!) / 2,
    ]);
    model.dispose();
  },
);

testOnEachBackend(
  "carriedShares() begin anew where the number of values changes",
  async () => {
    const wider = {
      ...unit("b", 2),
      body: [zeroPadShortcut("pad", 2, 1), scale("zero", 0)],
      shortcut: [zeroPadShortcut("shortcut", 2, 1)],
    };
    const model = modelOf([1, 1, 1], [unit("a"), wider, unit("c", 2)], {
      "a/gate/kernel": [0],
      "b/gate/kernel": [0, 0],
      "c/gate/kernel": [0, 0, 0, 0],
    });
    const rows = await carriedShares(model, tf.tensor4d([3], [1, 1, 1, 1]));
    assertAllClose(rows.map(({ share }) => share), [0.5, 0.5, 0.25]);
    model.dispose();
  },
);

testOnEachBackend("carriedShares() of no gates are none", async () => {
  const model = build(cifarResNet({ depth: 8 }), { seed: 0 });
  assertEquals(await carriedShares(model, tf.zeros([1, 32, 32, 3])), []);
  model.dispose();
});
