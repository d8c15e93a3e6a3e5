import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../lib/backends/jit.ts";
import { registerTensorFlow } from "../../lib/backends/tensorflow/backend.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { build } from "../../lib/networks/model.ts";
import { batch, trainingStep } from "./training_step.ts";

await registerTensorFlow();
await tf.setBackend("tensorflow");

Deno.test("jit() and eager steps agree bit for bit on the CPU", async () => {
  const network = cifarResNet({ depth: 20 });
  const [images, labels] = batch(8);
  const results: Map<string, Float32Array>[] = [];
  const losses: number[][] = [];
  for (const traced of [false, true]) {
    const model = build(network, { seed: 3 });
    const { step, dispose } = trainingStep(model);
    const run = jit(step, { xla: false });
    const seen: number[] = [];
    for (let i = 0; i < 3; i++) {
      const [loss] = traced
        ? await run(images, labels)
        : tf.tidy(() => [...step(images, labels)]);
      seen.push((await loss!.data())[0]!);
      loss!.dispose();
    }
    results.push(await model.values());
    losses.push(seen);
    [run, model].forEach((used) => used.dispose());
    dispose();
  }
  assertEquals(losses[1], losses[0]);
  assert(losses[0]![2] !== losses[0]![0], "the network did not change");
  for (const [name, values] of results[0]!) {
    assertEquals(results[1]!.get(name), values, name);
  }
  tf.dispose([images, labels]);
});

Deno.test("jit() with XLA agrees with eager to rounding", async () => {
  const x = tf.randomNormal([16, 8], 0, 1, "float32", 2);
  const step = (x: tf.Tensor) => [tf.softmax(tf.matMul(x, x, false, true))];
  const compiled = jit(step, { xla: true });
  const [result] = await compiled(x);
  const difference = tf.max(tf.abs(tf.sub(result!, step(x)[0]!)));
  assert((await difference.data())[0]! < 1e-5);
  compiled.dispose();
});

Deno.test("jit() with XLA changes variables as eager steps do", async () => {
  const network = cifarResNet({ depth: 8 });
  const [images, labels] = batch(4);
  const [eager, compiled] = [false, true].map((xla) => {
    const model = build(network, { seed: 3 });
    return { model, xla, ...trainingStep(model) };
  });
  for (let i = 0; i < 2; i++) {
    tf.tidy(() => [...eager!.step(images, labels)]);
  }
  const run = jit(compiled!.step, { xla: true });
  for (let i = 0; i < 2; i++) tf.dispose([...await run(images, labels)]);
  const values = await compiled!.model.values();
  for (const [name, expected] of await eager!.model.values()) {
    const found = values.get(name)!;
    const scale = Math.max(...expected.map(Math.abs));
    const apart = Math.max(...expected.map((e, i) => Math.abs(e - found[i]!)));
    assert(apart <= 1e-4 * scale + 1e-7, `${name}: ${apart} of ${scale}`);
  }
  run.dispose();
  [eager!, compiled!].forEach(({ model, dispose }) => {
    model.dispose();
    dispose();
  });
  tf.dispose([images, labels]);
});

Deno.test("jit() takes tfjs's optimizers once they have made their variables", async () => {
  const x = tf.tensor1d([1, 2, 3]);
  const makers = [
    () => tf.train.sgd(0.1),
    () => tf.train.momentum(0.1, 0.9),
    () => tf.train.adam(0.1),
    () => tf.train.rmsprop(0.1),
  ];
  for (const make of makers) {
    const weights: Float32Array[] = [];
    for (const traced of [false, true]) {
      const weight = tf.variable(tf.ones([3]));
      const optimizer = make();
      const update = (x: tf.Tensor) => {
        const loss = () => tf.sum(tf.square(tf.mul(weight, x))) as tf.Scalar;
        return [optimizer.minimize(loss, true, [weight])!];
      };
      tf.dispose(update(x));
      const step = traced ? jit(update) : undefined;
      for (let i = 0; i < 3; i++) {
        tf.dispose(step === undefined ? update(x) : await step(x));
      }
      weights.push(await weight.data<"float32">());
      step?.dispose();
      optimizer.dispose();
      weight.dispose();
    }
    assertEquals(weights[0], weights[1], make().getClassName());
  }
  x.dispose();
});
