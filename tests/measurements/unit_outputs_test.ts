import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { contributions } from "../../lib/measurements/contributions.ts";
import { gateOpenness } from "../../lib/measurements/gate_openness.ts";
import {
  activation,
  convolution,
  gated,
  residual,
  scale,
} from "../../lib/networks/layer.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertAllClose, modelOf, SWAP, SWAPPING } from "./by_hand.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

testOnEachBackend(
  "contributions() are norms, ratio and cosine, by hand",
  async () => {
    const model = modelOf([1, 1, 2], [
      SWAPPING,
      residual("second", [scale("minus", -0.5)]),
    ], SWAP);
    const images = tf.tensor4d([3, 4, 3, 4], [2, 1, 1, 2]);
    const before = tf.memory().numTensors;
    const [first, second] = await contributions(model, images);
    assertEquals(tf.memory().numTensors, before);
    // h = (6, 8), F = (4, 3).
    assertEquals([first?.unit, second?.unit], ["first", "second"]);
    assertAllClose(
      [first!.shortcut, first!.body, first!.ratio, first!.cosine],
      [10, 5, 0.5, 48 / 50],
    );
    // x = (10, 11), F = -x / 2.
    assertAllClose(
      [second!.shortcut, second!.body, second!.ratio, second!.cosine],
      [Math.sqrt(221), Math.sqrt(221) / 2, 0.5, -1],
    );
    model.dispose();
  },
);

testOnEachBackend(
  "contributions() of gated units are what the gate leaves",
  async () => {
    for (const gates of ["both", "shortcut"] as const) {
      const model = modelOf([1, 1, 1], [
        gated("unit", {
          body: [scale("five", 5)],
          gate: [
            convolution("gate", 1, 1, { bias: true }),
            activation("sigmoid", "sigmoid"),
          ],
          gates,
        }),
      ], { "unit/gate/kernel": [1], "unit/gate/bias": [-1] });
      const [unit] = await contributions(model, tf.tensor4d([3], [1, 1, 1, 1]));
      const g = sigmoid(2);
      const body = gates === "both" ? 15 * g : 15;
      assertAllClose([unit!.shortcut, unit!.body], [3 * (1 - g), body]);
      model.dispose();
    }
  },
);

testOnEachBackend(
  "gateOpenness() is the mean of each gate, by hand",
  async () => {
    const unit = (name: string) =>
      gated(name, {
        body: [scale("zero", 0)],
        gate: [convolution("gate", 1, 1), activation("sigmoid", "sigmoid")],
      });
    const model = modelOf([1, 2, 1], [unit("a"), unit("b")], {
      "a/gate/kernel": [1],
      "b/gate/kernel": [0],
    });
    const images = tf.tensor4d([4, -1], [1, 1, 2, 1]);
    const before = tf.memory().numTensors;
    const [a, b] = await gateOpenness(model, images);
    assertEquals(tf.memory().numTensors, before);
    const [open, half] = [sigmoid(4), sigmoid(-1)];
    assertAllClose([a!.mean, a!.deviation, a!.closed, a!.open], [
      (open + half) / 2,
      (open - half) / 2,
      0,
      0.5,
    ]);
    assertAllClose([b!.mean, b!.deviation], [0.5, 0]);
    model.dispose();
  },
);
