import { assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { batchNormGradient } from "../../lib/ops/batch_norm_gradient.ts";
import { batchNormReference } from "../../lib/ops/batch_norm_reference.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertClose, random } from "./assertions.ts";

testOnEachBackend("batchNormGradient() gives PyTorch's values", async () => {
  const gradient = batchNormGradient(
    tf.tensor2d([[1, -2], [3, 0], [8, 5]]),
    tf.tensor1d([2, -0.5]),
    tf.tensor2d([[0.5, 1], [-1, 2], [2, -0.25]]),
  );
  // torch.nn.functional.batch_norm, float64, backward of (y * g).sum().
  const expected = [0.5879, 0.1034, -0.8231, -0.1448, 0.2352, 0.0414];
  await assertClose(gradient, expected, 1e-4);
});

testOnEachBackend(
  "batchNormGradient() of images is the slope of the definition",
  async () => {
    const x = tf.add(tf.mul(random([3, 4, 5, 2], 1), 2), 3);
    const scale = random([2], 2) as tf.Tensor1D;
    const shift = tf.zeros<tf.Rank.R1>([2]);
    const upstream = random([3, 4, 5, 2], 3);
    const direction = random([3, 4, 5, 2], 4);
    const along = async (step: number) => {
      const y = batchNormReference(
        tf.add(x, tf.mul(direction, step)),
        scale,
        shift,
      );
      return (await tf.sum(tf.mul(y, upstream)).data())[0]!;
    };
    const slope = (await along(0.01) - await along(-0.01)) / 0.02;
    const gradient = batchNormGradient(x, scale, upstream);
    const [dot] = await tf.sum(tf.mul(gradient, direction)).data();
    assertAlmostEquals(dot! / slope, 1, 0.01);
  },
);
