import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { registerTensorFlow } from "../../lib/backends/tensorflow/backend.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { build } from "../../lib/networks/model.ts";
import { DrawTable } from "../../lib/training/draw_table.ts";
import { imageSource } from "../../lib/training/image_source.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { Stepper } from "../../lib/training/stepper.ts";
import { trainStep } from "../../lib/training/train_step.ts";
import { countCrossings } from "./crossing_bytes.ts";

const crossings = countCrossings();
await registerTensorFlow(crossings.library);
await tf.setBackend("tensorflow");

const PIXELS = 32 * 32;
const { train } = syntheticImages({ trainCount: 50, testCount: 1 });

/** Bytes that cross in each of some steps, after the first. */
async function bytesPerStep(batchSize: number, steps: number) {
  const model = build(cifarResNet({ depth: 8 }), { seed: 0 });
  const mean = tf.zeros<tf.Rank.R2>([PIXELS, 3]);
  const start = crossings.bytes().toTensorFlow;
  const source = imageSource(train, PIXELS);
  const uploaded = crossings.bytes().toTensorFlow - start;
  const recipe = paperRecipe({ steps: 1000, batchSize });
  const step = trainStep(model, source, mean, recipe);
  const draws = { count: train.count, seed: 0, batchSize };
  const stepper = new Stepper(
    step,
    recipe,
    (step) => new DrawTable({ ...draws, step }),
  );
  await stepper.next(); // Traces the step, and draws for the next 255.
  const found = [];
  for (let i = 0; i < steps; i++) {
    const before = crossings.bytes();
    await stepper.next();
    const after = crossings.bytes();
    found.push([
      after.toTensorFlow - before.toTensorFlow,
      after.fromTensorFlow - before.fromTensorFlow,
    ]);
  }
  await stepper.dispose();
  [step, source, mean, model].forEach((used) => used.dispose());
  return { uploaded, found };
}

Deno.test("the training set is put on the backend once, a byte for each value", async () => {
  const { uploaded } = await bytesPerStep(4, 0);
  assertEquals(uploaded, 50 * PIXELS * 3);
});

Deno.test("a step takes two numbers from JavaScript and gives two, whatever the batch", async () => {
  for (const batchSize of [4, 16]) {
    const { found } = await bytesPerStep(batchSize, 12);
    // There: where the step's draws begin, and the learning rate. Back: loss
    // and mistakes. (16 does not divide 50: epochs end inside batches.)
    assertEquals(found, Array.from({ length: 12 }, () => [8, 8]));
  }
});
