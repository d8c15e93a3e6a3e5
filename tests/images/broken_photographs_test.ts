import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { checkpointNames } from "../../lib/checkpoints/write_checkpoint.ts";
import { augmentationDraws } from "../../lib/data/batches.ts";
import { BrokenImageError } from "../../lib/images/decode_image.ts";
import { streamImageFolder } from "../../lib/images/streamed_dataset.ts";
import { labRun } from "../../lib/lab/lab_run.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { train } from "../../lib/training/train.ts";
import { withFiles } from "./image_files.ts";
import { NETWORK, photographSet, RUN, valuesOf } from "./photographs.ts";

const backend = await useBackend({ name: "tensorflow", quiet: true });

const BROKEN = Uint8Array.of(0xff, 0xd8, 1);

const FILES = photographSet({ train: 48, test: 20 });

Deno.test("a broken photograph is named, or skipped by choice", async () => {
  const files = {
    ...FILES,
    "train/down/broken.jpg": BROKEN,
    "val/across/broken.jpg": BROKEN,
  };
  await withFiles(files, async (directory) => {
    const recipe = paperRecipe({ steps: 4, batchSize: 16, learningRate: 0.05 });
    const before = tf.memory().numTensors;
    const error = await assertRejects(
      async () =>
        await train({
          ...RUN,
          recipe,
          dataset: await streamImageFolder(directory),
        }),
      BrokenImageError,
    );
    assertStringIncludes(error.message, "broken.jpg");
    assertEquals(tf.memory().numTensors, before);
    const said: string[] = [];
    const dataset = await streamImageFolder(directory, {
      onBroken: "skip",
      onMessage: (text) => said.push(text),
    });
    // Two epochs and three evaluations see the broken ones more than once.
    const { final, curves, stoppedBy, model, leftOut } = await train({
      ...RUN,
      ...{ recipe, dataset, pointEvery: 2 },
    });
    model.dispose();
    assertEquals([stoppedBy, final.images], ["steps", 20]);
    assertEquals(curves.test.map(({ step }) => step), [2, 4]);
    const paths = ["train/down/broken.jpg", "val/across/broken.jpg"];
    assertEquals(leftOut?.toSorted(), paths);
    assertEquals(said.length, 2);
    for (const path of paths) {
      const whole = join(directory, ...path.split("/"));
      assert(said.some((text) => text.includes(whole)));
    }
  });
});

Deno.test("what was trained before a broken photograph is in a checkpoint", async () => {
  await withFiles(FILES, async (directory) => {
    const recipe = paperRecipe({ steps: 6, batchSize: 8, learningRate: 0.05 });
    const dataset = await streamImageFolder(directory);
    const run = { ...RUN, recipe, dataset, pointEvery: 6, testImages: 10 };
    const whole = await train(run);
    const expected = await valuesOf(whole);
    // The last of the epoch's 48 images, and the last of the 20 to test on.
    const last = [...draws(48)].at(-1)!;
    const files = [dataset.train.files[last]!, dataset.test.files[19]!];
    for (const [i, { path }] of files.entries()) {
      const bytes = await Deno.readFile(path);
      await Deno.writeFile(path, BROKEN);
      const checkpoints = { directory: join(directory, `checkpoints${i}`) };
      await assertRejects(
        () => train({ ...run, checkpoints }),
        BrokenImageError,
        path,
      );
      await Deno.writeFile(path, bytes);
      const told: number[] = [];
      const resumed = await train({
        ...run,
        checkpoints: { ...checkpoints, resume: true },
        onStep: (step) => told.push(step),
      });
      assertEquals(told, i === 0 ? [6] : []);
      assertEquals(resumed.final, whole.final);
      assertEquals(await valuesOf(resumed), expected);
    }
  });
});

Deno.test("a broken photograph is left out by a run that goes on from before it", async () => {
  await withFiles(FILES, async (directory) => {
    const recipe = paperRecipe({ steps: 6, batchSize: 8, learningRate: 0.05 });
    const run = { ...RUN, recipe, pointEvery: 6, testImages: 10 };
    const { train: images } = await streamImageFolder(directory);
    // The last of the epoch.
    const { path } = images.files[[...draws(48)].at(-1)!]!;
    await Deno.writeFile(path, BROKEN);
    const checkpoints = { directory: join(directory, "checkpoints") };
    const dataset = await streamImageFolder(directory);
    await assertRejects(
      () => train({ ...run, dataset, checkpoints }),
      BrokenImageError,
      path,
    );
    // As another process lists it.
    const skipping = await streamImageFolder(directory, {
      onBroken: "skip",
      onMessage() {},
    });
    const told: number[] = [];
    const { model, leftOut, stoppedBy } = await train({
      ...{ ...run, dataset: skipping },
      checkpoints: { ...checkpoints, resume: true },
      onStep: (step) => told.push(step),
    });
    model.dispose();
    assertEquals([told, stoppedBy], [[6], "steps"]);
    assertEquals(leftOut, [placeIn(directory, path)]);
  });
});

Deno.test("photographs that were left out before a checkpoint count", async () => {
  await withFiles(FILES, async (directory) => {
    const { train: images } = await streamImageFolder(directory);
    // The first and the last of the epoch.
    const order = [...draws(48)];
    const paths = [order[0]!, order[47]!].map((at) => images.files[at]!.path);
    for (const path of paths) await Deno.writeFile(path, BROKEN);
    const [first, last] = paths.map((path) => placeIn(directory, path));
    const said: string[] = [];
    const part = async (stopAt: number, resume: boolean) => {
      let steps = 0;
      const { record, model } = await labRun({
        ...{ network: NETWORK, backend, preset: "smoke" },
        dataset: await streamImageFolder(directory, {
          onBroken: "skip",
          onMessage: (text) => said.push(text),
        }),
        recipe: { steps: 6, batchSize: 8 },
        directory: join(directory, "runs"),
        checkpoints: { directory: join(directory, "checkpoints"), resume },
        onStep: (step) => steps = step,
        stopRequested: () => steps >= stopAt,
      });
      model.dispose();
      return record;
    };
    const stopped = await part(2, false);
    assertEquals(stopped.notes, [
      `1 images could not be decoded and were left out: ${first}`,
    ]);
    const whole = await part(Infinity, true);
    assertEquals([whole.id, whole.stoppedBy], [stopped.id, "steps"]);
    assertEquals(whole.notes, [
      `2 images could not be decoded and were left out: ${first}, ${last}`,
    ]);
    assertEquals(said.length, 2);
  });
});

Deno.test("what was trained before photographs that cannot be read is in a checkpoint", async () => {
  await withFiles(FILES, async (directory) => {
    const recipe = paperRecipe({ steps: 6, batchSize: 8, learningRate: 0.05 });
    const run = { ...RUN, recipe, pointEvery: 6, testImages: 10 };
    const dataset = await streamImageFolder(directory);
    const files = [...draws(48)].map((at) => dataset.train.files[at]!.path);
    /** The checkpoints of a run that ends by an error. */
    const checkpointsOf = async (name: string, onBroken: "throw" | "skip") => {
      const checkpoints = { directory: join(directory, name) };
      const error = await assertRejects(
        () => train({ ...run, dataset: { ...dataset, onBroken }, checkpoints }),
        Error,
      );
      const names = await checkpointNames(checkpoints.directory);
      return [error.message, names] as const;
    };
    const last = files[47]!;
    await Deno.rename(last, `${last}.away`);
    assertEquals(await checkpointsOf("deleted", "throw"), [
      `Expected an image that can be decoded at ${last}: it is not there`,
      ["step-00000005"],
    ]);
    // As an image on a disk that fails: what is there cannot be read.
    await Deno.mkdir(last);
    const [message, names] = await checkpointsOf("unreadable", "skip");
    assert(!message.includes("can be decoded"), message);
    assertEquals(names, ["step-00000005"]);
    for (const path of files.slice(40, 47)) await Deno.remove(path);
    await Deno.remove(last);
    assertEquals(await checkpointsOf("none", "skip"), [
      "Expected an image that can be decoded in the mini-batch of step 5 but found none",
      ["step-00000005"],
    ]);
  });
});

Deno.test("a record of photographs counts what was left out", async () => {
  const files = { ...FILES, "val/across/broken.jpg": BROKEN };
  await withFiles(files, async (directory) => {
    const dataset = await streamImageFolder(directory, {
      onBroken: "skip",
      onMessage() {},
    });
    const { record } = await labRun({
      ...{ network: NETWORK, dataset, backend, preset: "smoke" },
      recipe: { steps: 1, batchSize: 4 },
      directory: join(directory, "runs"),
    });
    assertStringIncludes(record.final.evaluatedOn, "20 of the 21 test images");
    assertEquals(record.notes, [
      "1 images could not be decoded and were left out: val/across/broken.jpg",
    ]);
  });
});

/** Where a file lies in a data set's folder. */
function placeIn(directory: string, path: string): string {
  return path.slice(directory.length + 1).replaceAll("\\", "/");
}

/** The order of an epoch. */
function draws(count: number) {
  return augmentationDraws({
    ...{ count, batchSize: count, seed: RUN.seed, padding: 0 },
  }).next().indices;
}
