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
import { readBuffer } from "../../lib/backends/tensorflow/op_definition.ts";
import { Trace } from "../../lib/backends/tensorflow/trace.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { build, type Model } from "../../lib/networks/model.ts";
import { momentumUpdate } from "../../lib/ops/momentum_update.ts";
import { softmaxCrossEntropy } from "../../lib/ops/softmax_cross_entropy.ts";

const { engine } = await registerTensorFlow();
await tf.setBackend("tensorflow");

/** A training step of a network, to be run op by op or traced. */
function trainingStep(model: Model) {
  const weights = model.variables.filter((variable) => variable.trainable);
  const velocities = weights.map((weight) =>
    tf.variable(tf.zerosLike(weight), false)
  );
  const step = (images: tf.Tensor4D, labels: tf.Tensor1D) => {
    const { value, grads } = tf.variableGrads(
      () =>
        softmaxCrossEntropy(model.logits(images, { training: true }), labels),
      weights,
    );
    weights.forEach((weight, i) =>
      momentumUpdate(weight, velocities[i]!, grads[weight.name]!, {
        learningRate: tf.scalar(0.05),
        momentum: 0.9,
        weightDecay: 1e-4,
      })
    );
    return [value] as const;
  };
  const dispose = () => tf.dispose(velocities);
  return { step, dispose };
}

function batch(size: number): [tf.Tensor4D, tf.Tensor1D] {
  return [
    tf.randomNormal([size, 32, 32, 3], 0, 1, "float32", 1),
    tf.tensor1d(Array.from({ length: size }, (_, i) => i % 10), "int32"),
  ];
}

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

Deno.test("jit() bakes nothing of an activation's size into the graph", async () => {
  const sizes: number[] = [];
  const { disposeNonblocking } = Trace.prototype;
  const seen = new Set<Trace>();
  // At a function's first call its graph is there for the last time.
  Trace.prototype.disposeNonblocking = function () {
    if (!seen.has(this)) sizes.push(graphBytes(this));
    seen.add(this);
    return disposeNonblocking.call(this);
  };
  const model = build(cifarResNet({ depth: 20 }), { seed: 0 });
  try {
    const [images, labels] = batch(64);
    const training = trainingStep(model);
    const run = jit(training.step);
    tf.dispose([...await run(images, labels)]);
    run.dispose();
    training.dispose();
    // Ones in JavaScript become Fill, other large values an input.
    const noise = Float32Array.from({ length: 1e6 }, (_, i) => i);
    const bake = jit((x: tf.Tensor) => [
      x.add(tf.ones([1000, 1000])).sum(),
      x.add(tf.tensor2d(noise, [1000, 1000])).sum(),
    ]);
    const [ones] = await bake(tf.scalar(0));
    assertEquals(ones!.dataSync()[0], 1e6);
    bake.dispose();
  } finally {
    Trace.prototype.disposeNonblocking = disposeNonblocking;
    model.dispose();
  }
  assertEquals(sizes.length, 2);
  const activation = 64 * 32 * 32 * 16 * 4;
  assert(sizes[0]! < activation / 4, `the graph has ${sizes[0]} bytes`);
  assert(sizes[1]! < 10000, `the graph has ${sizes[1]} bytes`);
});

function graphBytes({ graph }: Trace): number {
  const { symbols, status } = engine.library;
  const buffer = symbols.TF_NewBuffer()!;
  symbols.TF_GraphToGraphDef(graph, buffer, status);
  const { length } = readBuffer(buffer);
  symbols.TF_DeleteBuffer(buffer);
  return length;
}

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

Deno.test("jit() names the op, its inputs' shapes and TensorFlow's words", async () => {
  const step = jit((x: tf.Tensor) => [tf.matMul(x, tf.ones([3, 3]))]);
  const error = await assertRejects(
    () => step(tf.ones([2, 2])),
    TensorFlowError,
  );
  assertStringIncludes(error.message, "([2, 2] float32, [3, 3] float32)");
  assertEquals(error.code, "INVALID_ARGUMENT");
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
