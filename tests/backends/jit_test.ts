import { assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../lib/backends/jit.ts";
import { registerTensorFlow } from "../../lib/backends/tensorflow/backend.ts";

await registerTensorFlow();
await tf.setBackend("tensorflow");

Deno.test("jit() traces again when a shape or type changes, not else", async () => {
  const double = jit((x: tf.Tensor) => [x.mul(x.dtype === "int32" ? 2 : 3)]);
  const values = async (
    x: tf.Tensor,
  ) => [...await (await double(x))[0]!.data()];
  assertEquals(await values(tf.tensor1d([1, 2])), [3, 6]);
  assertEquals(await values(tf.tensor1d([3, 4])), [9, 12]);
  assertEquals(double.traces, 1);
  assertEquals(await values(tf.tensor1d([1, 2, 3])), [3, 6, 9]);
  assertEquals(await values(tf.tensor1d([1, 2], "int32")), [2, 4]);
  assertEquals(double.traces, 3);
  double.dispose();
});

Deno.test("jit() takes variables in and out, in the order of calls", async () => {
  const total = tf.variable(tf.scalar(1));
  const twin = tf.variable(tf.scalar(1));
  const shared = tf.scalar(5);
  // A new variable shares the data of the tensor it is made from.
  const fromShared = tf.variable(shared);
  const add = jit((x: tf.Tensor) => {
    total.assign(total.add(x));
    fromShared.assign(fromShared.add(shared));
    return [total.mul(10), twin, x];
  });
  const calls = [1, 2, 3].map((value) => add(tf.scalar(value)));
  const results = await Promise.all(calls);
  const numbers = results.map((list) => list.map((t) => t.dataSync()[0]));
  assertEquals(numbers, [[20, 1, 1], [40, 1, 2], [70, 1, 3]]);
  assertEquals(total.dataSync()[0], 7);
  assertEquals(fromShared.dataSync()[0], 20);
  assertEquals(shared.dataSync()[0], 5);
  // A value given between two calls is what the next one sees.
  total.assign(tf.scalar(100));
  const [next] = await add(tf.scalar(1));
  assertEquals(next.dataSync()[0], 1010);
  add.dispose();
});

Deno.test("jit() keeps tensors from outside, though they are disposed", async () => {
  const table = tf.randomNormal([300, 100], 0, 1, "float32", 3);
  const sum = table.sum().dataSync()[0]!;
  const add = jit((x: tf.Tensor) => [table.add(x).sum()]);
  await add(tf.scalar(0));
  table.dispose();
  const [result] = await add(tf.scalar(0));
  assertEquals(result!.dataSync()[0], sum);
  add.dispose();
});

Deno.test("jit() leaves the event loop running while a step runs", async () => {
  const step = jit((x: tf.Tensor) => {
    let y = x;
    for (let i = 0; i < 30; i++) y = tf.matMul(y, x);
    return [tf.sum(y)];
  });
  const x = tf.eye(1000);
  await step(x);
  const order: string[] = [];
  setTimeout(() => order.push("timer"), 0);
  await step(x);
  order.push("step");
  assertEquals(order, ["timer", "step"]);
  step.dispose();
});

Deno.test("jit() holds its inputs, and itself, while a step is under way", async () => {
  const step = jit((x: tf.Tensor) => [x.mul(2)]);
  const inputs = [1, 2, 3].map((value) => tf.scalar(value));
  const calls = inputs.map((x) => step(x));
  tf.dispose(inputs);
  step.dispose();
  const results = await Promise.all(calls);
  assertEquals(results.map(([y]) => y!.dataSync()[0]), [2, 4, 6]);
  await assertRejects(
    () => step(tf.scalar(1)),
    Error,
    "Expected a jitted step that is not disposed",
  );
});
