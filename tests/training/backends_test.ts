import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../lib/backends/jit.ts";
import {
  type BackendName,
  useBackend,
} from "../../lib/backends/use_backend.ts";
import {
  batchNorm,
  convolution,
  residual,
  zeroPadShortcut,
} from "../../lib/networks/layer.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { train } from "../../lib/training/train.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { aroundUnit, smallImages } from "../small_examples.ts";

const network = aroundUnit(residual("unit", [
  convolution("conv1", 8, 3, { stride: 2 }),
  batchNorm("norm1"),
], [zeroPadShortcut("shortcut", 8, 2)]));

/** Losses of a few steps on the backend that is in use. */
async function losses(): Promise<number[]> {
  const { model, curves } = await train({
    network,
    dataset: smallImages({ classes: 4, trainCount: 32, testCount: 8 }),
    recipe: paperRecipe({ steps: 3, batchSize: 8, learningRate: 0.05 }),
    seed: 1,
    pointEvery: 1,
  });
  model.dispose();
  return [...curves.train, ...curves.test].map(({ loss }) => loss);
}

testOnEachBackend("train() makes the steps that TensorFlow makes", async () => {
  const found = await losses();
  const name = tf.getBackend() as BackendName;
  await useBackend({ name: "tensorflow", quiet: true });
  const expected = await losses();
  assert(expected.length === 6 && expected[2]! < expected[0]!);
  for (const [i, loss] of expected.entries()) {
    assert(Math.abs(loss - found[i]!) < 1e-4, `${name}: ${found} ${expected}`);
  }
}, { tensorflow: "the others are compared with it" });

Deno.test("an eager step leaves nothing behind, and frees nothing of others", async () => {
  await useBackend({ name: "wasm", quiet: true });
  const [outside, x] = [tf.tensor1d([1, 2]), tf.tensor1d([3, 4])];
  const step = jit((x: tf.Tensor) => [
    tf.tidy(() => tf.keep(tf.mul(x, 2))),
    outside,
    x,
  ]);
  const { numTensors } = tf.memory();
  for (let call = 0; call < 3; call++) {
    const results = await step(x);
    const values = await Promise.all(results.map((result) => result.data()));
    assertEquals(values.map((list) => [...list]), [[6, 8], [1, 2], [3, 4]]);
    tf.dispose([...results]);
  }
  assertEquals(tf.memory().numTensors, numTensors);
  step.dispose();
  tf.dispose([outside, x]);
  await useBackend({ name: "tensorflow", quiet: true });
});

Deno.test("variables of another backend do not get in a traced step's way", async () => {
  await useBackend({ name: "wasm", quiet: true });
  const elsewhere = tf.variable(tf.tensor1d([1, 2]));
  await useBackend({ name: "tensorflow", quiet: true });
  const here = tf.variable(tf.tensor1d([3, 4]));
  const step = jit(() => {
    here.assign(here.mul(2));
    return [here.sum()];
  });
  const [sum] = await step();
  assertEquals([...await sum.data()], [14]);
  assertEquals([...await elsewhere.data()], [1, 2]);
  step.dispose();
  tf.dispose([elsewhere, here, sum]);
});

/** A variable that shares its data with no tensor. */
function variable(values: number[], name: string): tf.Variable<tf.Rank.R1> {
  return tf.tidy(() => tf.variable(tf.tensor1d(values), true, name));
}

Deno.test("a traced step refuses to read or assign a variable of another backend", async () => {
  await useBackend({ name: "wasm", quiet: true });
  const elsewhere = variable([1, 2], "elsewhere");
  await useBackend({ name: "tensorflow", quiet: true });
  const here = variable([3, 4], "here");
  const x = tf.tensor1d([10, 10]);
  const before = tf.memory();
  const steps = {
    reads: (x: tf.Tensor1D) => [tf.add(elsewhere, x)],
    readsValues: (x: tf.Tensor1D) => [tf.mul(x, elsewhere.dataSync()[0]!)],
    assigns: (x: tf.Tensor1D) => {
      here.assign(x);
      elsewhere.assign(x);
      return [tf.sum(elsewhere)];
    },
    changes: (x: tf.Tensor1D) => {
      elsewhere.assign(tf.add(elsewhere, x));
      return [];
    },
  };
  for (const [name, code] of Object.entries(steps)) {
    const step = jit(code);
    await assertRejects(
      () => step(x),
      Error,
      'Expected the variable elsewhere of traced code to be of the backend "tensorflow" but it is of "wasm"',
      name,
    );
    step.dispose();
    assertEquals([...await elsewhere.data()], [1, 2], name);
    assertEquals([...await here.data()], [3, 4], name);
    assertEquals(tf.memory().numTensors, before.numTensors, name);
    assertEquals(tf.memory().numDataBuffers, before.numDataBuffers, name);
  }
  // Outside of traced code tfjs moves it here, and then it is of this backend.
  tf.add(elsewhere, x).dispose();
  const step = jit(steps.reads);
  tf.dispose(await step(x));
  elsewhere.assign(tf.tensor1d([5, 5]));
  const [sum] = await step(x);
  assertEquals([...await sum!.data()], [15, 15]);
  step.dispose();
  tf.dispose([elsewhere, here, x, sum!]);
});
