import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { initialise } from "../../lib/networks/initialise.ts";
import { build } from "../../lib/networks/model.ts";
import { evaluate } from "../../lib/training/evaluate.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { train } from "../../lib/training/train.ts";
import { dataset, OPTIONS, SIZES } from "./small_training.ts";

await useBackend({ name: "tensorflow", quiet: true });

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

Deno.test("train() stops within an evaluation, after a mini-batch of it", async () => {
  // Evaluations take 100 images at a time.
  const options = {
    ...OPTIONS,
    dataset: syntheticImages({ ...SIZES, testCount: 250 }),
    recipe: paperRecipe({ steps: 2, batchSize: 16 }),
  };
  for (const testImages of [250, 100]) {
    let asked = 0;
    // Asked before each of two steps, then within the evaluation: that of the
    // last point, or the final one where a point is of one mini-batch.
    const { model, ...result } = await train({
      ...options,
      testImages,
      stopRequested: () => ++asked > 2,
    });
    assertEquals([result.stoppedBy, result.steps], ["user", 2]);
    assertEquals(result.curves.train.map(({ step }) => step), [2]);
    assertEquals(
      result.curves.test.map(({ step }) => step),
      testImages === 250 ? [] : [2],
    );
    const judged = await evaluate(model, options.dataset, 100);
    assertEquals(result.final, { ...judged, stopped: true });
    model.dispose();
  }
});

Deno.test("train() goes on from a given network, which stays as it is", async () => {
  const { network, seed } = OPTIONS;
  const options = {
    ...OPTIONS,
    recipe: paperRecipe({ steps: 3, batchSize: 16 }),
    pointEvery: 1,
  };
  const drawn = build(network, { seed });
  const fresh = await train(options);
  const same = await train({ ...options, model: drawn });
  assertEquals(same.curves, fresh.curves);
  assertEquals(await drawn.values(), initialise(network, { seed }));

  const further = await train({ ...options, seed: 2, model: fresh.model });
  // A rate that changes nothing: its first loss is that of what it began from.
  const still = await train({
    ...options,
    seed: 2,
    model: fresh.model,
    recipe: { ...options.recipe, learningRate: 1e-30, steps: 1 },
  });
  assertEquals(further.curves.train[0], still.curves.train[0]);
  const unmoved = await still.model.values();
  for (const [name, values] of await fresh.model.values()) {
    if (name.includes("running")) continue; // these follow the mini-batch
    const found = unmoved.get(name)!;
    assert(values.every((x, i) => Math.abs(x - found[i]!) < 1e-20), name);
  }
  for (const one of [drawn, fresh.model, same.model, further.model]) {
    one.dispose();
  }
  still.model.dispose();
});

Deno.test("train() refuses to go on from another network", async () => {
  const model = build(cifarResNet({ depth: 14, classes: 4 }), { seed: 0 });
  const before = tf.memory().numTensors;
  await assertRejects(
    () => train({ ...OPTIONS, model }),
    Error,
    "to be a ResNet-8 of the same description but found ResNet-14",
  );
  assertEquals(tf.memory().numTensors, before);
  model.dispose();
});

Deno.test("train() leaves nothing when it cannot begin", async () => {
  const before = tf.memory().numTensors;
  // The mean of three colours has no place in one.
  const broken = { ...dataset, channels: 1 };
  await assertRejects(() => train({ ...OPTIONS, dataset: broken }), Error);
  assertEquals(tf.memory().numTensors, before);
  const recipe = { ...OPTIONS.recipe, validationImages: 256 };
  await assertRejects(() => train({ ...OPTIONS, recipe }), RangeError);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("train() refuses images of another size, and a recipe without steps", async () => {
  const small = syntheticImages({ ...SIZES, height: 28, width: 28 });
  await assertRejects(
    () => train({ ...OPTIONS, dataset: small }),
    Error,
    "Expected images of 32x32x3 for ResNet-8 but found 28x28x3 in synthetic",
  );
  await assertRejects(
    () => train({ ...OPTIONS, recipe: { ...OPTIONS.recipe, steps: 0 } }),
    RangeError,
    "Expected steps to be an integer of at least 1 but found 0",
  );
});

Deno.test("train() refuses a network with fewer outputs than classes", async () => {
  await assertRejects(
    () =>
      train({
        network: cifarResNet({ depth: 8 }),
        dataset: syntheticImages({ classes: 11, trainCount: 22 }),
        recipe: paperRecipe({ steps: 1, batchSize: 2 }),
        seed: 0,
      }),
    Error,
    "Expected ResNet-8 to have an output for each of the 11 classes of synthetic but found 10",
  );
});

Deno.test("train() throws on numbers of images and steps that are none", async () => {
  const before = tf.memory().numTensors;
  for (const name of ["pointEvery", "testImages", "finalTestImages"]) {
    for (const value of [0, 1.5, NaN]) {
      await assertRejects(
        () => train({ ...OPTIONS, [name]: value }),
        RangeError,
        `Expected ${name} to be an integer of at least 1 but found ${value}`,
      );
    }
  }
  assertEquals(tf.memory().numTensors, before);
});
