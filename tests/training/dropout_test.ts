import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import {
  convolution,
  dense,
  dropout,
  globalAveragePool,
  type Network,
  relu,
} from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { dropoutSeedAt } from "../../lib/training/dropout_seed.ts";
import { DrawTable } from "../../lib/training/draw_table.ts";
import { imageSource } from "../../lib/training/image_source.ts";
import { measureGradientNorms } from "../../lib/training/measure_gradient_norms.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { train } from "../../lib/training/train.ts";
import { trainStep } from "../../lib/training/train_step.ts";
import { smallImages } from "../small_examples.ts";

await useBackend({ name: "tensorflow", quiet: true });

const BATCH = 8;
const STEPS = 4;

const dataset = smallImages({ classes: 3, trainCount: 32, testCount: 16 });

function networkOf(rate: number): Network {
  return {
    name: "dropping",
    input: [8, 8, 3],
    layers: [
      convolution("conv", 6, 3, { bias: true }),
      relu("relu"),
      dropout("drop1", rate),
      globalAveragePool("pool"),
      dropout("drop2", rate),
      dense("classifier", 3),
    ],
  };
}

// Without momentum a step depends on the network's values and its number alone.
const recipe = paperRecipe({ steps: STEPS, batchSize: BATCH, momentum: 0 });

/** Losses of the steps, in runs of which each goes on where the last stopped. */
async function losses(
  { rate = 0.5, seed = 0, runs = [STEPS] },
): Promise<number[]> {
  const model = build(networkOf(rate), { seed: 0 });
  const source = imageSource(dataset.train, 64);
  const mean = tf.zeros<tf.Rank.R2>([64, 3]);
  const found: number[] = [];
  for (const steps of runs) {
    const step = trainStep(model, source, mean, recipe, { seed });
    const draws = new DrawTable({
      count: source.count,
      batchSize: BATCH,
      seed: 0,
      step: found.length,
    });
    for (let i = 0; i < steps; i++) {
      const number = draws.step;
      const { loss, mistakes } = await step.run(draws.next(), number);
      found.push((await loss.data())[0]!);
      tf.dispose([loss, mistakes]);
    }
    [step, draws].forEach((used) => used.dispose());
  }
  [source, mean, model].forEach((used) => used.dispose());
  return found;
}

Deno.test("trainStep() drops by the seed and the step's number", async () => {
  const found = await losses({});
  assertEquals(await losses({}), found);
  assertNotEquals((await losses({ seed: 1 }))[0], found[0]);
  assertNotEquals((await losses({ rate: 0 }))[0], found[0]);
});

Deno.test("dropoutSeedAt() is another one for each seed and step", () => {
  const seeds = [0, 1].flatMap((seed) =>
    [0, 1, 63999].map((step) => dropoutSeedAt(seed, step).dataSync().join())
  );
  assertEquals(new Set(seeds).size, 6);
});

Deno.test("trainStep() goes on after a stop with what it would have dropped", async () => {
  const found = await losses({});
  assertEquals(await losses({ runs: [2, 2] }), found);
  assertEquals(await losses({ runs: [1, 3] }), found);
});

Deno.test("train() of a network with dropout repeats bit for bit", async () => {
  const options = {
    network: networkOf(0.5),
    dataset,
    recipe,
    seed: 3,
    pointEvery: 1,
  };
  const runs = [await train(options), await train(options)];
  assertEquals(runs[0]!.curves, runs[1]!.curves);
  const plain = await train({ ...options, network: networkOf(0) });
  assertNotEquals(runs[0]!.curves.train, plain.curves.train);
  [...runs, plain].forEach(({ model }) => model.dispose());
});

Deno.test("train() names where numbers stop being finite, dropout or not", async () => {
  const { stoppedBy, failure, model } = await train({
    network: networkOf(0.5),
    dataset,
    recipe: { ...recipe, learningRate: 1e30 },
    seed: 0,
  });
  assertEquals(stoppedBy, "not a finite number");
  assert(failure?.startsWith("The loss of step"), failure);
  model.dispose();
});

Deno.test("dropout is the identity when a network is judged", () => {
  const x = tf.randomNormal([2, 8, 8, 3], 0, 1, "float32", 5) as tf.Tensor4D;
  const models = [0.5, 0].map((rate) => build(networkOf(rate), { seed: 0 }));
  const [dropping, plain] = models.map((model) => model.logits(x).dataSync());
  assertEquals(dropping, plain);
  models.forEach((model) => model.dispose());
});

Deno.test("training with dropout asks for a seed by the layer's path", async () => {
  const model = build(networkOf(0.5), { seed: 0 });
  const x = tf.zeros<tf.Rank.R4>([1, 8, 8, 3]);
  const labels = tf.tensor1d([0], "int32");
  const message =
    "Expected a dropoutSeed to train with, for drop1 to draw from, but found none";
  assertThrows(() => model.logits(x, { training: true }), Error, message);
  await assertRejects(
    () => measureGradientNorms(model, x, labels),
    Error,
    message,
  );
  const dropoutSeed = tf.tensor1d([1, 2], "int32");
  const norms = await measureGradientNorms(model, x, labels, { dropoutSeed });
  assertEquals(norms.map(({ path }) => path), ["conv", "classifier"]);
  const source = imageSource(dataset.train, 64);
  assertThrows(
    () => trainStep(model, source, tf.zeros([64, 3]), recipe),
    Error,
    "Expected a seed for the dropout of dropping but found none",
  );
  [model, x, labels, dropoutSeed, source].forEach((used) => used.dispose());
});
