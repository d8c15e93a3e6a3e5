import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { augmentationDraws } from "../../lib/data/batches.ts";
import { BrokenImageError } from "../../lib/images/decode_image.ts";
import { classifyFolder } from "../../lib/images/classify_folder.ts";
import { imageFolder } from "../../lib/images/image_folder.ts";
import { TORCHVISION_NORMALISATION } from "../../lib/images/network_input.ts";
import { streamImageFolder } from "../../lib/images/streamed_dataset.ts";

import { labRun } from "../../lib/lab/lab_run.ts";
import { networkFor } from "../../lib/lab/named_run.ts";
import { runNamed } from "../../lib/lab/run_named.ts";
import { readRecord } from "../../lib/records/read_record.ts";
import { parseRunSpec } from "../../lib/records/run_spec.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { train, type TrainResult } from "../../lib/training/train.ts";
import { withFiles } from "./image_files.ts";
import { NETWORK, photographs } from "./photographs.ts";

const backend = await useBackend({ name: "tensorflow", quiet: true });

const BROKEN = Uint8Array.of(0xff, 0xd8, 1);

function inFolder(name: string, files: Record<string, Uint8Array>) {
  return Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [`${name}/${path}`, bytes]),
  );
}

const FILES = {
  ...inFolder("train", photographs(48, 1)),
  ...inFolder("val", photographs(20, 2)),
};

const RUN = {
  network: NETWORK,
  recipe: paperRecipe({ steps: 30, batchSize: 16, learningRate: 0.05 }),
  seed: 0,
  pointEvery: 10,
} as const;

async function valuesOf({ model }: TrainResult) {
  const values = await model.values();
  model.dispose();
  return values;
}

Deno.test("train() learns photographs that it reads while it trains", async () => {
  await withFiles(FILES, async (directory) => {
    const dataset = await streamImageFolder(directory);
    assertEquals([dataset.train.count, dataset.test.count], [48, 20]);
    const before = tf.memory().numTensors;
    const result = await train({ ...RUN, dataset });
    const { curves, final, model, stoppedBy } = result;
    assertEquals(stoppedBy, "steps");
    assertEquals(curves.test.map(({ step }) => step), [10, 20, 30]);
    assert(curves.train[2]!.loss < curves.train[0]!.loss / 2);
    assertEquals(final.images, 20);
    assert(final.error <= 10, `${final.error}`);
    // Another way to the same number.
    const folder = await imageFolder(join(directory, "val"));
    const { top1Error } = await classifyFolder(model, folder, {
      normalisation: TORCHVISION_NORMALISATION,
    });
    assertEquals(final.error, top1Error);
    model.dispose();
    assertEquals(tf.memory().numTensors, before);
  });
});

Deno.test("a run on photographs that is stopped goes on bit for bit", async () => {
  await withFiles(FILES, async (directory) => {
    const dataset = await streamImageFolder(directory);
    const recipe = paperRecipe({ steps: 8, batchSize: 10, learningRate: 0.05 });
    const run = { ...RUN, recipe, dataset, pointEvery: 3 };
    const whole = await train(run);
    const expected = await valuesOf(whole);
    for (const stopAt of [0, 2, 3, 7]) {
      const checkpoints = { directory: join(directory, `stop${stopAt}`) };
      let steps = 0;
      const stopped = await train({
        ...run,
        checkpoints,
        onStep: (step) => steps = step,
        stopRequested: () => steps >= stopAt,
      });
      assertEquals(stopped.stoppedBy, "user");
      stopped.model.dispose();
      const resumed = await train({
        ...run,
        checkpoints: { ...checkpoints, resume: true },
      });
      assertEquals(resumed.curves, whole.curves);
      assertEquals(resumed.final, whole.final);
      assertEquals(await valuesOf(resumed), expected);
    }
  });
});

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
    const paths = [["train", "down"], ["val", "across"]].map((parts) =>
      join(directory, ...parts, "broken.jpg")
    );
    assertEquals(leftOut?.toSorted(), paths);
    assertEquals(said.length, 2);
    assert(paths.every((path) => said.some((text) => text.includes(path))));
  });
});

Deno.test("a loss on photographs that is not finite ends the run, and names where", async () => {
  await withFiles(FILES, async (directory) => {
    const dataset = await streamImageFolder(directory);
    const recipe = paperRecipe({ steps: 9, batchSize: 16, learningRate: 1e30 });
    const result = await train({ ...RUN, recipe, dataset });
    assertEquals(result.stoppedBy, "not a finite number");
    assertStringIncludes(result.failure!, "is the first that is not finite");
    assert(result.steps < 9);
    const values = [...(await valuesOf(result)).values()];
    assert(values.every((tensor) => tensor.every(Number.isFinite)));
  });
});

Deno.test("photographs are cropped to what the network that is named reads", async () => {
  await withFiles(FILES, async (directory) => {
    const dataset = await streamImageFolder(directory);
    const { name, input } = networkFor(
      "imagenet-ResNet-50:shortcut=b",
      dataset,
    );
    assertEquals(input, [224, 224, 3]);
    assertEquals(name, "ResNet-50 for ImageNet");
    assertEquals(networkFor("cifar-resnet-50", dataset).input, [32, 32, 3]);
    assertThrows(
      () => networkFor("resnet-50", dataset),
      Error,
      "Expected imagenet-resnet-50 or cifar-resnet-50 for the photographs of",
    );
  });
});

Deno.test("a run by R15's ImageNet recipe leaves a record", async () => {
  await withFiles(FILES, async (directory) => {
    const dataset = await streamImageFolder(directory);
    const data = `imagenet:${directory}`;
    const spec = parseRunSpec({
      ...{ network: "cifar-resnet-8", recipe: "imagenet", data },
      ...{ steps: 3, batchSize: 8, validationImages: 12 },
    }, "the run");
    const { path } = await runNamed(spec, {
      ...{ dataset, backend, directory: join(directory, "runs") },
      checkpoints: join(directory, "checkpoints"),
    });
    const record = await readRecord(path!);
    assertEquals(record.run?.data, data);
    assertEquals(record.data.trainImages, 36);
    assertEquals(record.data.validationImages, 12);
    assertEquals(record.curves.validation?.length, 3);
    assertStringIncludes(
      record.data.augmentation!,
      "shorter side of 37 to 69 pixels, random crop of 32x32",
    );
    assertStringIncludes(record.final.evaluatedOn!, "the crop in the middle");
    assertEquals(record.final.testTop5Error, undefined); // of two classes
    // Images of many sizes cannot be taken as they are.
    const bare = parseRunSpec({
      ...{ network: "cifar-resnet-8", recipe: "glorot-bengio", data, steps: 1 },
    }, "the run");
    await assertRejects(
      () => runNamed(bare, { dataset, backend, directory }),
      Error,
      'but found augmentation "none"',
    );
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

/** The order of an epoch. */
function draws(count: number) {
  return augmentationDraws({
    ...{ count, batchSize: count, seed: RUN.seed, padding: 0 },
  }).next().indices;
}

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
    assertEquals(record.notes.length, 1);
    assertStringIncludes(
      record.notes[0]!,
      `1 images could not be decoded and were left out: ${directory}`,
    );
  });
});

Deno.test("a Stop within an evaluation of photographs ends the run there", async () => {
  // More than are judged at a time.
  const files = {
    ...inFolder("train", photographs(20, 1)),
    ...inFolder("val", photographs(60, 2)),
  };
  await withFiles(files, async (directory) => {
    const dataset = await streamImageFolder(directory);
    const recipe = paperRecipe({ steps: 3, batchSize: 4, learningRate: 0.05 });
    const run = { ...RUN, recipe, dataset, pointEvery: 1 };
    const before = tf.memory().numTensors;
    // Asked before step 1, and within the evaluation that follows it.
    let asked = 0;
    const result = await train({ ...run, stopRequested: () => ++asked > 1 });
    result.model.dispose();
    assertEquals([result.stoppedBy, result.steps], ["user", 1]);
    assertEquals(result.curves.test, []);
    assertEquals([result.final.images, result.final.stopped], [50, true]);
    assertEquals(tf.memory().numTensors, before);
  });
});
