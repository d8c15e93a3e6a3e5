import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../lib/backends/jit.ts";
import {
  type BackendName,
  useBackend,
} from "../../lib/backends/use_backend.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import {
  batchNorm,
  convolution,
  dense,
  globalAveragePool,
  type Network,
  relu,
  residual,
  zeroPadShortcut,
} from "../../lib/networks/layer.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { train } from "../../lib/training/train.ts";
import { testOnEachBackend } from "../on_each_backend.ts";

const network: Network = {
  name: "a residual unit",
  input: [8, 8, 3],
  layers: [
    convolution("conv", 4, 3),
    batchNorm("norm"),
    relu("relu"),
    residual("unit", [
      convolution("conv1", 8, 3, { stride: 2 }),
      batchNorm("norm1"),
    ], [zeroPadShortcut("shortcut", 8, 2)]),
    globalAveragePool("pool"),
    dense("classifier", 4),
  ],
};

/** Losses of a few steps on the backend that is in use. */
async function losses(): Promise<number[]> {
  const { model, curves } = await train({
    network,
    dataset: syntheticImages({
      classes: 4,
      trainCount: 32,
      testCount: 8,
      height: 8,
      width: 8,
      channels: 3,
      seed: 0,
    }),
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
}, {
  tensorflow: "the others are compared with it",
  wasm: "tfjs has no gradient of a kernel there",
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

Deno.test("train() refuses a backend that cannot train", async () => {
  await useBackend({ name: "wasm", quiet: true });
  await assertRejects(
    () => losses(),
    Error,
    'Expected a backend that can train but found "wasm"',
  );
  await useBackend({ name: "tensorflow", quiet: true });
});
