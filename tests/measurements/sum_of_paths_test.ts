import { assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { sumOfPaths } from "../../lib/measurements/sum_of_paths.ts";
import { flatten, relu, residual, scale } from "../../lib/networks/layer.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertAllClose, modelOf } from "./by_hand.ts";

testOnEachBackend(
  "sumOfPaths() multiplies along each path, by hand",
  async () => {
    // Bodies multiply by 2, shortcuts by 3 and 1; ReLU passes what is positive.
    const model = modelOf([1, 1, 2], [
      residual("first", [scale("body", 2)], [scale("shortcut", 3)]),
      relu("relu"),
      residual("second", [scale("body", 2)]),
      flatten("flatten"),
    ]);
    const images = tf.tensor4d([0.1, 0.2], [1, 1, 1, 2]);
    const labels = tf.tensor1d([0], "int32");
    const before = tf.memory().numTensors;
    const { paths, norm, difference } = await sumOfPaths(model, images, labels);
    assertEquals(tf.memory().numTensors, before);
    // Logits are (1.5, 3); the loss's gradient by them is p * (-1, 1).
    const slope = Math.SQRT2 / (1 + Math.exp(-1.5));
    assertEquals(paths.map(({ throughBody }) => throughBody), [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]);
    assertEquals(paths.map(({ length }) => length), [0, 1, 1, 2]);
    assertAllClose(
      paths.map(({ norm }) => norm / slope),
      [3 * 1, 2 * 1, 3 * 2, 2 * 2],
    );
    assertAllClose([norm / slope, difference], [(3 + 2) * (1 + 2), 0]);
    model.dispose();
  },
);

testOnEachBackend(
  "sumOfPaths() refuses networks with no unit or too many",
  async () => {
    const images = tf.tensor4d([0.1, 0.2], [1, 1, 1, 2]);
    const labels = tf.tensor1d([0], "int32");
    const stack = (units: number) =>
      modelOf([1, 1, 2], [
        ...Array.from(
          { length: units },
          (_, i) => residual(`unit${i}`, [scale("body", 2)]),
        ),
        flatten("flatten"),
      ]);
    await assertRejects(
      () => sumOfPaths(stack(0), images, labels),
      RangeError,
      "Expected units to be an integer of at least 1 but found 0",
    );
    await assertRejects(
      () => sumOfPaths(stack(11), images, labels),
      RangeError,
      "Expected at most 10 units but found the 11 of",
    );
  },
);
