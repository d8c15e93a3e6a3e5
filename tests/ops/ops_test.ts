import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  batchNormInference,
  batchNormTraining,
} from "../../lib/ops/batch_norm.ts";
import { gatherRows } from "../../lib/ops/gather_rows.ts";
import { maxPool } from "../../lib/ops/max_pool.ts";
import { momentumUpdate } from "../../lib/ops/momentum_update.ts";
import { softmaxCrossEntropy } from "../../lib/ops/softmax_cross_entropy.ts";
import type { Windows } from "../../lib/ops/windows.ts";
import { zeroPadShortcut } from "../../lib/ops/zero_pad_shortcut.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertClose, assertGradient, random } from "./assertions.ts";

testOnEachBackend(
  "zeroPadShortcut() takes every second pixel and appends zeros",
  async () => {
    const x = tf.range(0, 32).reshape([1, 4, 4, 2]) as tf.Tensor4D;
    const y = zeroPadShortcut(x, 2, 5);
    await assertClose(y, [
      0,
      1,
      0,
      0,
      0,
      4,
      5,
      0,
      0,
      0,
      16,
      17,
      0,
      0,
      0,
      20,
      21,
      0,
      0,
      0,
    ]);
    await assertGradient((x) => zeroPadShortcut(x as tf.Tensor4D, 2, 5), x);
  },
);

testOnEachBackend("maxPool() takes nothing from its border", async () => {
  const x = tf.tensor4d([-1, -2, -3, -4, -5, -6, -7, -8, -9], [1, 3, 3, 1]);
  const [wide, narrow]: Windows[] = [
    { size: 3, stride: 2, padding: 1, rounding: "floor" },
    { size: 2, stride: 1, padding: 0, rounding: "floor" },
  ];
  await assertClose(maxPool(x, wide!), [-1, -2, -4, -5]);
  await assertClose(maxPool(x, narrow!), [-1, -2, -4, -5]);
});

testOnEachBackend(
  "maxPool() has the gradient that differences measure",
  async () => {
    const x = tf.tensor4d([-1, -2, -3, -4, -5, -6, -7, -8, -9], [1, 3, 3, 1]);
    await assertGradient(
      (x) =>
        maxPool(x as tf.Tensor4D, {
          size: 3,
          stride: 2,
          padding: 1,
          rounding: "floor",
        }),
      x,
    );
  },
);

function batchNormTensors(channels: number) {
  return {
    scale: tf.variable(random([channels], 3)) as tf.Variable<tf.Rank.R1>,
    shift: tf.variable(random([channels], 4)) as tf.Variable<tf.Rank.R1>,
    runningMean: tf.variable(tf.zeros([channels])) as tf.Variable<tf.Rank.R1>,
    runningVariance: tf.variable(tf.ones([channels])) as tf.Variable<
      tf.Rank.R1
    >,
  };
}

testOnEachBackend("batchNormTraining() follows its definition", async () => {
  const [count, channels] = [2 * 3 * 3, 2];
  const x = random([2, 3, 3, channels], 1) as tf.Tensor4D;
  const tensors = batchNormTensors(channels);
  const y = batchNormTraining(x, tensors);
  const values = await x.data();
  const expected = new Float32Array(values.length);
  for (let c = 0; c < channels; c++) {
    const channel = Array.from(
      { length: count },
      (_, i) => values[i * channels + c]!,
    );
    const mean = channel.reduce((a, b) => a + b) / count;
    const variance = channel.reduce((a, b) => a + (b - mean) ** 2, 0) / count;
    const at = async (tensor: tf.Tensor) => (await tensor.data())[c]!;
    const [scale, shift] = [await at(tensors.scale), await at(tensors.shift)];
    channel.forEach((value, i) => {
      expected[i * channels + c] =
        scale * (value - mean) / Math.sqrt(variance + 1e-5) + shift;
    });
    assertAlmostEquals(await at(tensors.runningMean), 0.1 * mean, 1e-6);
    assertAlmostEquals(
      await at(tensors.runningVariance),
      0.9 + 0.1 * variance * count / (count - 1),
      1e-5,
    );
  }
  await assertClose(y, expected, 1e-4);
});

testOnEachBackend(
  "batchNormTraining() has the gradients that differences measure",
  async () => {
    const x = random([2, 3, 3, 2], 1) as tf.Tensor4D;
    const tensors = batchNormTensors(2);
    const norm = (changed: object) =>
      batchNormTraining(x, { ...tensors, ...changed });
    await assertGradient(
      (x) => batchNormTraining(x as tf.Tensor4D, tensors),
      x,
    );
    await assertGradient((scale) => norm({ scale }), tensors.scale);
    await assertGradient((shift) => norm({ shift }), tensors.shift);
  },
);

testOnEachBackend(
  "batchNormTraining() has the second derivative that differences measure",
  async () => {
    const x = random([2, 3, 3, 2], 1) as tf.Tensor4D;
    const tensors = batchNormTensors(2);
    const weights = random([2, 3, 3, 2], 5);
    const loss = (x: tf.Tensor) =>
      tf.sum(tf.mul(weights, batchNormTraining(x, tensors)));
    await assertGradient((x) => tf.grad(loss)(x), x);
  },
  { tensorflow: "its op's gradient has none" },
);

testOnEachBackend(
  "batchNormTraining() keeps a large channel's digits",
  async () => {
    // A million values: half 1, half 3.
    const x = tf.concat([
      tf.fill([16, 256, 128, 1], 1),
      tf.fill([16, 256, 128, 1], 3),
    ]);
    const tensors = batchNormTensors(1);
    batchNormTraining(x as tf.Tensor4D, tensors).dispose();
    await assertClose(tensors.runningMean, [0.2], 1e-6);
    await assertClose(tensors.runningVariance, [
      0.9 + 0.1 * 2 ** 20 / (2 ** 20 - 1),
    ], 1e-6);
  },
);

testOnEachBackend(
  "batchNormInference() uses the running statistics",
  async () => {
    const tensors = batchNormTensors(1);
    tensors.runningMean.assign(tf.tensor1d([2]));
    tensors.runningVariance.assign(tf.tensor1d([4 - 1e-5]));
    tensors.scale.assign(tf.tensor1d([3]));
    tensors.shift.assign(tf.tensor1d([1]));
    const x = tf.tensor4d([2, 4], [1, 1, 2, 1]);
    await assertClose(batchNormInference(x, tensors), [1, 4]);
  },
);

testOnEachBackend(
  "softmaxCrossEntropy() is -mean(log softmax) with its gradient",
  async () => {
    const logits = random([3, 4], 1) as tf.Tensor2D;
    const labels = tf.tensor1d([2, 0, 3], "int32");
    const rows = logits.arraySync();
    const expected = rows.map((row, i) => {
      const sum = row.reduce((a, b) => a + Math.exp(b), 0);
      return -Math.log(Math.exp(row[[2, 0, 3][i]!]!) / sum);
    }).reduce((a, b) => a + b) / 3;
    await assertClose(softmaxCrossEntropy(logits, labels), [expected]);
    await assertGradient(
      (logits) => softmaxCrossEntropy(logits as tf.Tensor2D, labels),
      logits,
    );
  },
);

testOnEachBackend(
  "relu has the gradient that differences measure",
  async () => {
    await assertGradient((x) => tf.relu(x), tf.tensor1d([-3, -1, 0.5, 2]));
  },
);

testOnEachBackend("momentumUpdate() follows its formula", async () => {
  const cases = [
    // 0.9 * 0.5 + 0.1 + 0.01 * 1, and 0 + 0.2 - 0.01 * 2
    { momentum: 0.9, velocities: [0.56, 0.18], parameters: [0.944, -2.018] },
    { momentum: 0, velocities: [0.11, 0.18], parameters: [0.989, -2.018] },
  ];
  for (const { momentum, velocities, parameters } of cases) {
    const parameter = tf.variable(tf.tensor1d([1, -2]));
    const velocity = tf.variable(tf.tensor1d([0.5, 0]));
    momentumUpdate(parameter, velocity, tf.tensor1d([0.1, 0.2]), {
      learningRate: tf.scalar(0.1),
      momentum,
      weightDecay: 0.01,
    });
    await assertClose(velocity, velocities);
    await assertClose(parameter, parameters);
  }
});

testOnEachBackend("gatherRows() gives rows by their indices", async () => {
  const table = tf.tensor2d([[1, 2], [3, 4], [5, 6]]);
  const rows = gatherRows(table, tf.tensor2d([[2, 0]], [1, 2], "int32"));
  assert(rows.shape.join() === "1,2,2");
  await assertClose(rows, [5, 6, 1, 2]);
});

testOnEachBackend("momentumUpdate() leaves nothing outside of tf.tidy", () => {
  const parameter = tf.variable(tf.tensor1d([1, 2]));
  const velocity = tf.variable(tf.tensor1d([3, 4]));
  const gradient = tf.tensor1d([5, 6]);
  const learningRate = tf.scalar(0.1);
  // One that shares its data gets data of its own at the first update.
  for (const momentum of [0.9, 0]) {
    const options = { learningRate, momentum, weightDecay: 0.01 };
    momentumUpdate(parameter, velocity, gradient, options);
    const before = tf.memory();
    momentumUpdate(parameter, velocity, gradient, options);
    assertEquals(tf.memory().numTensors, before.numTensors);
    assertEquals(tf.memory().numDataBuffers, before.numDataBuffers);
  }
  tf.dispose([parameter, velocity, gradient, learningRate]);
});
