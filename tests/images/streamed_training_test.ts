import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { BrokenImageError } from "../../lib/images/decode_image.ts";
import { classifyFolder } from "../../lib/images/classify_folder.ts";
import { folderEvaluator } from "../../lib/images/folder_evaluator.ts";
import { imageFolder } from "../../lib/images/image_folder.ts";
import { TORCHVISION_NORMALISATION } from "../../lib/images/network_input.ts";
import {
  splitStreamed,
  streamImageFolder,
} from "../../lib/images/streamed_dataset.ts";
import { dense } from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
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
    assertStringIncludes(error.message, join("broken.jpg"));
    assertEquals(tf.memory().numTensors, before);
    const dataset = await streamImageFolder(directory, { onBroken: "skip" });
    const said: string[] = [];
    const warn = console.warn;
    console.warn = (text: string) => said.push(text);
    try {
      // Two epochs and both evaluations see the broken ones more than once.
      const { final, curves, stoppedBy, model } = await train({
        ...RUN,
        ...{ recipe, dataset, pointEvery: 2 },
      });
      model.dispose();
      assertEquals([stoppedBy, final.images], ["steps", 20]);
      assertEquals(curves.test.map(({ step }) => step), [2, 4]);
    } finally {
      console.warn = warn;
    }
    const named = said.filter((text) => text.startsWith("Left out: "));
    assertEquals(named.length, 2);
    assert(named.some((text) => text.includes(join("train", "down"))));
    assert(named.some((text) => text.includes(join("val", "across"))));
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

Deno.test("photographs are shuffled in one way, and set aside from all classes", async () => {
  await withFiles(FILES, async (directory) => {
    const { train, checksum } = await streamImageFolder(directory);
    const again = await streamImageFolder(directory);
    assertEquals([again.train, again.checksum], [train, checksum]);
    const { validation, train: rest } = splitStreamed(train, 16);
    assertEquals([validation.count, rest.count], [16, 32]);
    const paths = [...validation.files, ...rest.files].map(({ path }) => path);
    assertEquals(new Set(paths).size, 48);
    const labels = new Set(validation.files.map(({ label }) => label));
    assertEquals(labels.size, 2);
    await Deno.rename(
      join(directory, "val", "down", "1.jpg"),
      join(directory, "val", "down", "100.jpg"),
    );
    const other = await streamImageFolder(directory);
    assertNotEquals(other.checksum, checksum);
    await assertRejects(
      () => Promise.resolve().then(() => splitStreamed(train, 48)),
      RangeError,
      "Expected validationCount to be less than the 48 images but found 48",
    );
  });
});

Deno.test("folderEvaluator() gives the top-5 error, as classifyFolder() does", async () => {
  const layers = [...NETWORK.layers.slice(0, -1), dense("classifier", 8)];
  const model = build({ ...NETWORK, layers }, { seed: 4 });
  const files = Object.fromEntries(
    Object.values(photographs(60, 3)).map((
      bytes,
      i,
    ) => [`${i % 8}/${i}.jpg`, bytes]),
  );
  await withFiles(files, async (directory) => {
    const folder = await imageFolder(directory);
    const normalisation = TORCHVISION_NORMALISATION;
    const { top1Error, top5Error } = await classifyFolder(model, folder, {
      normalisation,
    });
    assert(top5Error > 0 && top5Error < top1Error);
    const evaluator = folderEvaluator(
      model,
      { files: folder.images, count: 60 },
      { normalisation, onBroken: "throw", onSkipped() {} },
    );
    const found = await evaluator.run();
    assertEquals(
      [found.error, found.top5Error, found.images, found.stopped],
      [top1Error, top5Error, 60, false],
    );
    // A Stop leaves out what is after the first mini-batch.
    const stopped = await evaluator.run(60, () => true);
    assertEquals([stopped.images, stopped.stopped], [50, true]);
    evaluator.dispose();
  });
  model.dispose();
});

Deno.test("a run by R15's ImageNet recipe leaves a record", async () => {
  await withFiles(FILES, async (directory) => {
    const dataset = await streamImageFolder(directory);
    const data = `imagenet:${directory}`;
    const spec = parseRunSpec({
      ...{ network: "resnet-8", recipe: "imagenet", data },
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
      ...{ network: "resnet-8", recipe: "glorot-bengio", data, steps: 1 },
    }, "the run");
    await assertRejects(
      () => runNamed(bare, { dataset, backend, directory }),
      Error,
      'but found augmentation "none"',
    );
  });
});
