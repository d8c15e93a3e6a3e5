import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { classifyFolder } from "../../lib/images/classify_folder.ts";
import { imageBatches } from "../../lib/images/image_batches.ts";
import { imageFolder } from "../../lib/images/image_folder.ts";
import { imageStep } from "../../lib/images/image_step.ts";
import { meanImage } from "../../lib/images/mean_image.ts";
import { build } from "../../lib/networks/model.ts";
import { RECIPES } from "../../lib/training/recipes.ts";
import { takeSnapshot } from "../../lib/networks/snapshot.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { withFiles } from "./image_files.ts";
import { NETWORK, photographs, SIZE } from "./photographs.ts";

await useBackend({ name: "tensorflow", quiet: true });

/** Trains on a folder; gives losses and the errors on another folder. */
async function run(trainFolder: string, testFolder: string, steps: number) {
  const folder = await imageFolder(trainFolder);
  const crop = { size: SIZE, shorterSide: 32 };
  const mean = await meanImage(folder, crop);
  const normalisation = { mean, deviation: [64, 64, 64] } as const;
  const model = build(NETWORK, { seed: 0 });
  const recipe = paperRecipe({ steps, batchSize: 16, learningRate: 0.05 });
  const step = imageStep(model, recipe, { normalisation });
  const losses: number[] = [];
  const options = {
    batchSize: 16,
    seed: 0,
    size: SIZE,
    shorterSide: [30, 44] as const,
  };
  for await (const batch of imageBatches(folder, options)) {
    const { loss, mistakes } = await step.run(batch);
    losses.push((await loss.data())[0]!);
    tf.dispose([loss, mistakes]);
    batch.dispose();
    if (losses.length === steps) break;
  }
  step.dispose();
  const tests = await imageFolder(testFolder, { classes: folder.classes });
  const judge = async (views: "ten-crop" | { scales: number[] }) => {
    const { top1Error, images } = await classifyFolder(model, tests, {
      normalisation,
      shorterSide: 32,
      views,
    });
    assertEquals(images, 20);
    return top1Error;
  };
  const errors = [await judge("ten-crop"), await judge({ scales: [28, 36] })];
  model.dispose();
  return { losses, errors };
}

Deno.test("a network learns from a folder of JPEGs, and classifies another by ten crops and at two scales", async () => {
  await withFiles(photographs(48, 1), async (trainFolder) => {
    await withFiles(photographs(20, 2), async (testFolder) => {
      const before = tf.memory().numTensors;
      const { losses, errors } = await run(trainFolder, testFolder, 30);
      assert(losses.slice(-5).every((loss) => loss < losses[0]! / 2));
      assert(errors.every((error) => error <= 10), `${errors}`);
      assertEquals(tf.memory().numTensors, before);
      // Bit for bit again, though images are ready in any order.
      const again = await run(trainFolder, testFolder, 3);
      assertEquals(again.losses, losses.slice(0, 3));
    });
  });
});

Deno.test("imageStep() takes the rate of a schedule, and asks for it where errors change it", async () => {
  const model = build(NETWORK, { seed: 0 });
  const batch = {
    step: 0,
    images: tf.randomUniform<tf.Rank.R4>(
      [2, SIZE, SIZE, 3],
      0,
      256,
      "int32",
      1,
    ),
    labels: tf.tensor1d([0, 1], "int32"),
    flips: tf.tensor1d([0, 0], "int32"),
    colours: tf.zeros<tf.Rank.R2>([2, 3]),
    skipped: [],
    dispose() {},
  };
  const options = {
    normalisation: { mean: [0, 0, 0], deviation: [255, 255, 255] },
  } as const;
  const { recipe } = RECIPES.imagenet;
  const step = imageStep(model, recipe, options);
  const kernel = model.tensor("classifier/kernel");
  const before = await kernel.data();
  await assertRejects(
    () => step.run(batch),
    Error,
    "Expected the learning rate of a step, since the recipe's depends on errors",
  );
  const moved: Float32Array[] = [];
  for (const rate of [0, 0.1, 0.2]) {
    const snapshot = takeSnapshot(model.variables);
    const { loss, mistakes } = await step.run(batch, rate);
    const after = await kernel.data();
    moved.push(Float32Array.from(after, (value, i) => value - before[i]!));
    tf.dispose([loss, mistakes]);
    snapshot.restore();
    snapshot.dispose();
    step.state.get("classifier/kernel/velocity")!
      .assign(tf.zerosLike(kernel));
  }
  assert(moved[0]!.every((value) => value === 0));
  assert(moved[1]!.some((value) => Math.abs(value) > 1e-4));
  moved[1]!.forEach((value, i) =>
    assert(Math.abs(2 * value - moved[2]![i]!) < 1e-5)
  );
  step.dispose();
  model.dispose();
  tf.dispose([batch.images, batch.labels, batch.flips, batch.colours]);
});
