import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { batchNormTraining } from "../../lib/ops/batch_norm.ts";
import { batchNormReference } from "../../lib/ops/batch_norm_reference.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertClose, random } from "./assertions.ts";

testOnEachBackend(
  "batchNormReference() equals the fused op to 1e-5, value and gradients",
  async () => {
    for (const shape of [[4, 5, 6, 3], [16, 3]]) {
      const x = tf.add(tf.mul(random(shape, 1), 2), 3);
      const scale = random([3], 2) as tf.Tensor1D;
      const shift = random([3], 3) as tf.Tensor1D;
      const runningMean = tf.variable(tf.zeros<tf.Rank.R1>([3]));
      const runningVariance = tf.variable(tf.ones<tf.Rank.R1>([3]));
      const weights = random(shape, 4);
      const fused = (x: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) =>
        batchNormTraining(x, {
          scale: scale as tf.Tensor1D,
          shift: shift as tf.Tensor1D,
          runningMean,
          runningVariance,
        });
      const reference = (x: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) =>
        batchNormReference(x, scale as tf.Tensor1D, shift as tf.Tensor1D);
      await assertClose(
        reference(x, scale, shift),
        await fused(x, scale, shift).data(),
        1e-5,
      );
      const [expected, actual] = [fused, reference].map((norm) =>
        tf.grads((x, scale, shift) =>
          tf.mul(norm(x!, scale!, shift!), weights)
        )(
          [x, scale, shift],
        )
      );
      assertEquals(actual!.length, 3);
      for (const [i, gradient] of actual!.entries()) {
        await assertClose(gradient, await expected![i]!.data(), 1e-5);
      }
    }
  },
);
