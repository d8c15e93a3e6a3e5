import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../lib/backends/jit.ts";
import { registerTensorFlow } from "../../lib/backends/tensorflow/backend.ts";
import { TensorFlowError } from "../../lib/backends/tensorflow/library.ts";

await registerTensorFlow();
await tf.setBackend("tensorflow");

Deno.test("jit() says what traced code must not do", async () => {
  const x = tf.tensor1d([1, 2, 3]);
  const cases: [(x: tf.Tensor1D) => unknown, string][] = [
    [
      (x) => x.sum().dataSync()[0]! > 0 ? [x] : [x],
      "read the value of a tensor",
    ],
    [
      (x) => [x.mul(Math.random())],
      "random numbers in JavaScript (Math.random)",
    ],
    [
      (x) => [tf.dropout(tf.tile(x, [3]), 0.5, undefined, 7)],
      "(tf.randomUniform)",
    ],
    [
      (x) => [tf.randomNormal([4, 3], 0, 1, "float32", 7).add(x)],
      "randomNormal",
    ],
    [
      (x) => [tf.randomNormal([2, 1], 0, 1, "float32", 7).add(x)],
      "randomNormal",
    ],
    [
      (x) => [tf.add(x, crypto.getRandomValues(new Uint8Array(1))[0]!)],
      "crypto.getRandomValues",
    ],
    [() => [tf.variable(tf.scalar(1))], "make variables before"],
    [(x) => [x.mul(2).variable()], "make variables before"],
    [(x) => x, "Expected the step to return tensors"],
    [(x) => Promise.resolve([x]), "returned a Promise"],
    [async (x) => [await x.data()], "returned a Promise"],
  ];
  for (const [step, words] of cases) {
    const traced = jit(step as (x: tf.Tensor1D) => tf.Tensor[]);
    const error = await assertRejects(() => traced(x), Error);
    assertStringIncludes(error.message, words);
  }
  assert(Number.isFinite(Math.random()));
  // What failed to be traced left tfjs as it was.
  const good = jit((x: tf.Tensor1D) => [x.mul(2)]);
  assertEquals((await good(x))[0]!.dataSync()[0], 2);
  assertEquals(tf.dropout(x, 0.5, undefined, 7).shape, [3]);
});

Deno.test("jit() names the op, its inputs' shapes and TensorFlow's words", async () => {
  const step = jit((x: tf.Tensor) => [tf.matMul(x, tf.ones([3, 3]))]);
  const error = await assertRejects(
    () => step(tf.ones([2, 2])),
    TensorFlowError,
  );
  assertStringIncludes(error.message, "([2, 2] float32, [3, 3] float32)");
  assertEquals(error.code, "INVALID_ARGUMENT");
});
