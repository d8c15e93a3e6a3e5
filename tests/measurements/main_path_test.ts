import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { mainPath } from "../../lib/measurements/main_path.ts";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import {
  convolution,
  relu,
  residual,
  scale,
  sequence,
} from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertAllClose, modelOf } from "./by_hand.ts";

testOnEachBackend(
  "mainPath() is shares, moments and correlation, by hand",
  async () => {
    const model = modelOf([1, 4, 1], [
      convolution("start", 1, 1),
      residual("first", [scale("minus", -2)]),
      sequence("second", [
        residual("", [convolution("half", 1, 1)]),
        relu("relu"),
      ]),
    ], { "start/kernel": [1], "second/half/kernel": [0.5] });
    const images = tf.tensor4d([1, 2, -3, 4], [1, 1, 4, 1]);
    const before = tf.memory().numTensors;
    const [first, second] = await mainPath(model, images);
    assertEquals(tf.memory().numTensors, before);
    assertEquals([first?.unit, second?.unit], ["first", "second"]);
    assertEquals([first?.units, second?.units], [1, 2]);
    // F = (-2, -4, 6, -8), x + F = (-1, -2, 3, -4).
    const variance = (1 + 4 + 9 + 16) / 4 - 1;
    assertAllClose(
      [first!.bodyBelowZero, first!.sumBelowZero, first!.mean, first!.kept],
      [0.75, 0.75, -1, -1],
    );
    assertAllClose(
      [first!.deviation, first!.sumDeviation],
      [Math.sqrt(variance), Math.sqrt(variance)],
    );
    // x + F = 1.5 (-1, -2, 3, -4), and after ReLU (0, 0, 4.5, 0).
    assertAllClose(
      [second!.bodyBelowZero, second!.sumBelowZero, second!.mean],
      [0.75, 0.75, 4.5 / 4],
    );
    assertAllClose(
      [second!.sumDeviation, second!.deviation],
      [1.5 * Math.sqrt(variance), Math.sqrt(4.5 ** 2 / 4 - (4.5 / 4) ** 2)],
    );
    // The start less its mean is (0, 1, -4, 3), the end (-1, -1, 3, -1) 4.5 / 4.
    assertAlmostEquals(
      second!.kept,
      (-1 - 12 - 3) / Math.sqrt(26 * 12),
      1e-5,
    );
    model.dispose();
  },
);

testOnEachBackend("mainPath() takes channels apart", async () => {
  const model = modelOf([1, 2, 2], [
    convolution("start", 2, 1),
    residual("unit", [convolution("double", 2, 1)]),
  ], {
    "start/kernel": [1, 0, 0, 1],
    "unit/double/kernel": [1, 0, 0, -3],
  });
  // Channels (0, 2) and (10, 14) become (0, 4) and (-20, -28).
  const images = tf.tensor4d([0, 10, 2, 14], [1, 1, 2, 2]);
  const [unit] = await mainPath(model, images);
  assertAlmostEquals(unit!.sumDeviation, Math.sqrt((4 + 16) / 2), 1e-5);
  // Less the means (-1, 1), (-2, 2) and (-2, 2), (4, -4).
  assertAlmostEquals(
    unit!.kept,
    (4 - 16) / Math.sqrt((2 + 8) * (8 + 32)),
    1e-5,
  );
  model.dispose();
});

Deno.test(
  "mainPath() leaves the model as it is, and follows chains",
  async () => {
    const model = build(cifarResNet({ depth: 14 }), { seed: 0 });
    const mean = model.tensor("norm/runningMean");
    const images = tf.randomNormal<tf.Rank.R4>(
      [2, 32, 32, 3],
      0,
      1,
      "float32",
      1,
    );
    const points = await mainPath(model, images, { training: true });
    assertEquals(points.map(({ unit }) => unit), [
      ...["stage1/unit1", "stage1/unit2", "stage2/unit2", "stage3/unit2"],
    ]);
    assertEquals(Math.max(...await tf.abs(mean).data()), 0);
    model.dispose();
    const plain = build(cifarPlain({ depth: 8 }), { seed: 0 });
    assertEquals(await mainPath(plain, images), []);
    plain.dispose();
    images.dispose();
  },
);
