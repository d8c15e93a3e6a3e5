import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../../lib/backends/jit.ts";
import { registerTensorFlow } from "../../../lib/backends/tensorflow/backend.ts";
import { momentumUpdate } from "../../../lib/ops/momentum_update.ts";
import { countingLibrary } from "./counting_library.ts";

const counting = countingLibrary();
const { engine } = await registerTensorFlow(counting.library);
await tf.setBackend("tensorflow");

/** All that is counted: TensorFlow's objects, our tensors, tfjs's tensors. */
function counts() {
  const { numTensors, numDataBuffers, numBytes } = tf.memory();
  return {
    ...counting.alive(),
    tensors: engine.size,
    numTensors,
    numDataBuffers,
    numBytes,
  };
}

/** Changes `weight` by assignment, `velocity` and it in place. */
function step(
  x: tf.Tensor2D,
  weight: tf.Variable<tf.Rank.R2>,
  velocity?: tf.Variable<tf.Rank.R2>,
) {
  const { value, grads } = tf.variableGrads(
    () => tf.mean(tf.square(tf.relu(tf.matMul(x, weight)))) as tf.Scalar,
    [weight],
  );
  const gradient = grads[weight.name]!;
  if (velocity !== undefined) {
    momentumUpdate(weight, velocity, gradient, {
      learningRate: tf.scalar(0.01),
      momentum: 0.9,
    });
  }
  weight.assign(tf.sub(weight, tf.mul(gradient, 0.01)));
  return value;
}

Deno.test("1,000 eager steps leak nothing", () => {
  const weight = tf.variable(tf.ones([4, 3])) as tf.Variable<tf.Rank.R2>;
  const velocity = tf.variable(tf.zerosLike(weight));
  const run = () =>
    tf.tidy(() => {
      const x = tf.tensor2d([1, 2, 3, 4], [1, 4]);
      assertEquals(
        Number.isFinite(step(x, weight, velocity).dataSync()[0]!),
        true,
      );
      const words = tf.tensor1d(["short", "a string of more than 22 bytes"]);
      assertEquals(words.reshape([2, 1]).dataSync()[1], words.dataSync()[1]);
      assertThrows(() => tf.matMul(x, tf.ones([3, 3])));
    });
  run();
  const before = counts();
  for (let i = 0; i < 1000; i++) run();
  assertEquals(counts(), before);
  tf.dispose([weight, velocity]);
});

Deno.test("1,000 traced steps leak nothing", async () => {
  const weight = tf.variable(tf.ones([4, 3])) as tf.Variable<tf.Rank.R2>;
  const velocity = tf.variable(tf.zerosLike(weight));
  const outside = tf.ones([1, 4]);
  const traced = jit((
    x: tf.Tensor2D,
  ) => [step(x.add(outside), weight, velocity)]);
  const run = async () => {
    const x = tf.tensor2d([1, 2, 3, 4], [1, 4]);
    const [loss] = await traced(x);
    // Disposed of while it is read.
    const value = loss!.data();
    tf.dispose([x, loss!]);
    assert(Number.isFinite((await value)[0]));
  };
  await run();
  const before = counts();
  for (let i = 0; i < 1000; i++) await run();
  assertEquals(counts(), before);
  assertEquals(traced.traces, 1);
  traced.dispose();
  tf.dispose([weight, velocity, outside]);
});

Deno.test("tracing, failing to trace, and disposing leak nothing", async () => {
  const weight = tf.variable(tf.ones([4, 3])) as tf.Variable<tf.Rank.R2>;
  const velocity = tf.variable(tf.zerosLike(weight));
  const outside = tf.ones([1, 4]);
  const x = tf.tensor2d([1, 2, 3, 4], [1, 4]);
  const run = async () => {
    const traced = jit((
      x: tf.Tensor2D,
    ) => [step(x.add(outside), weight, velocity)]);
    tf.dispose([...await traced(x)]);
    traced.dispose();
    const bad = jit((x: tf.Tensor2D) => {
      weight.assign(weight.mul(2));
      return [tf.scalar(x.dataSync()[0]!)];
    });
    await assertRejects(() => bad(x));
  };
  await run();
  const before = counts();
  for (let i = 0; i < 20; i++) await run();
  assertEquals(counts(), before);
  tf.dispose([weight, velocity, outside, x]);
});
