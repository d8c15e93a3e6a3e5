import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStringIncludes,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { initialise } from "../../lib/networks/initialise.ts";
import {
  convolution,
  dense,
  globalAveragePool,
  type Network,
  parametricRelu,
} from "../../lib/networks/layer.ts";
import { evaluate } from "../../lib/training/evaluate.ts";
import { learningRateAt, paperRecipe } from "../../lib/training/recipe.ts";
import { train, type TrainOptions } from "../../lib/training/train.ts";

await useBackend({ name: "tensorflow", quiet: true });

const dataset = syntheticImages({
  classes: 4,
  trainCount: 256,
  testCount: 64,
  height: 32,
  width: 32,
  channels: 3,
  seed: 0,
});

const OPTIONS: TrainOptions = {
  network: cifarResNet({ depth: 8, classes: 4 }),
  dataset,
  recipe: paperRecipe({ steps: 60, batchSize: 16, learningRate: 0.05 }),
  seed: 1,
  pointEvery: 15,
};

Deno.test("train() learns, and leaves nothing but the model", async () => {
  const before = tf.memory();
  const result = await train(OPTIONS);
  const { model, curves, final } = result;
  assertEquals(result.stoppedBy, "steps");
  assertEquals(curves.train.map(({ step }) => step), [15, 30, 45, 60]);
  assertEquals(curves.test.map(({ step }) => step), [15, 30, 45, 60]);
  // Guessing is wrong in 75 % of 4 classes.
  assert(final.error < 30, `test error ${final.error} %`);
  assert(curves.train[3]!.loss < curves.train[0]!.loss / 2);
  assertEquals(final, { ...await evaluate(model, dataset), images: 64 });
  assertEquals(
    tf.memory().numTensors,
    before.numTensors + model.variables.length,
  );
  model.dispose();
  assertEquals(tf.memory(), before);
});

Deno.test("train() repeats bit for bit with the same seed", async () => {
  const options = {
    ...OPTIONS,
    recipe: paperRecipe({ steps: 5, batchSize: 16 }),
    pointEvery: 1,
  };
  const runs = [await train(options), await train(options)];
  const other = await train({ ...options, seed: 2 });
  const [first, second] = runs.map(({ curves }) => curves);
  assertEquals(first, second);
  assert(other.curves.train[0]!.loss !== first!.train[0]!.loss);
  [...runs, other].forEach(({ model }) => model.dispose());
});

Deno.test("train() stops at a loss that is no number, and names step and layer", async () => {
  const result = await train({
    ...OPTIONS,
    recipe: paperRecipe({ steps: 40, batchSize: 16, learningRate: 1e19 }),
  });
  assertEquals(result.stoppedBy, "not a finite number");
  assertStringIncludes(result.failure!, `The loss of step ${result.steps} is`);
  assertEquals(result.curves.train.at(-1)?.step, result.steps);
  const [path] = result.failure!.match(/stage\d\/\S+|\bconv\S*|norm\S*/)!;
  assert(result.model.specs.some(({ name }) => name.startsWith(path)), path);
  result.model.dispose();
});

Deno.test("train() stops when asked to, and when its time is up", async () => {
  let asked = 0;
  const stopped = await train({
    ...OPTIONS,
    stopRequested: () => ++asked > 3,
  });
  assertEquals([stopped.stoppedBy, stopped.steps], ["user", 3]);
  assert(Number.isFinite(stopped.final.loss));
  const late = await train({ ...OPTIONS, secondsBudget: 0 });
  assertEquals([late.stoppedBy, late.steps], ["time budget", 0]);
  [stopped, late].forEach(({ model }) => model.dispose());
});

Deno.test("weight decay acts on what the recipe says", async () => {
  // With a learning rate so small that gradients count for nothing, decay of
  // 1e6 shrinks what decays.
  const shrunk = async (decayOn: "all" | "kernels") => {
    const { model } = await train({
      ...OPTIONS,
      recipe: paperRecipe({
        steps: 1,
        batchSize: 16,
        learningRate: 1e-7,
        weightDecay: 1e6,
        decayOn,
      }),
    });
    const values = await model.values();
    model.dispose();
    return values.get("norm/scale")![0]! < 0.95;
  };
  assertEquals(await shrunk("all"), true);
  assertEquals(await shrunk("kernels"), false);
});

Deno.test("paperRecipe() is the paper's schedule, scaled", () => {
  const recipe = paperRecipe({ steps: 64000 });
  assertEquals(recipe.batchSize, 128);
  const rates = [0, 31999, 32000, 47999, 48000, 63999].map((step) =>
    learningRateAt(recipe, step)
  );
  assertEquals(rates, [0.1, 0.1, 0.01, 0.01, 0.001, 0.001]);
  const warm = { ...recipe, warmUp: { learningRate: 0.01, steps: 400 } };
  assertEquals([399, 400].map((step) => learningRateAt(warm, step)), [
    0.01,
    0.1,
  ]);
});

Deno.test("weight decay leaves the slopes of parametric ReLUs alone", async () => {
  const network: Network = {
    name: "prelu",
    input: [32, 32, 3],
    layers: [
      convolution("conv", 4, 3, { bias: true }),
      parametricRelu("relu"),
      globalAveragePool("pool"),
      dense("classifier", 4),
    ],
  };
  const { model } = await train({
    ...OPTIONS,
    network,
    recipe: paperRecipe({
      steps: 1,
      batchSize: 16,
      learningRate: 1e-7,
      weightDecay: 1e6,
    }),
  });
  const values = await model.values();
  const start = initialise(network, { seed: OPTIONS.seed });
  const part = (name: string) => values.get(name)![0]! / start.get(name)![0]!;
  assertAlmostEquals(part("conv/kernel"), 0.9, 1e-3);
  assertAlmostEquals(part("relu/slope"), 1, 1e-5);
  model.dispose();
});
