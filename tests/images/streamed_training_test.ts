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
import { classifyFolder } from "../../lib/images/classify_folder.ts";
import { imageFolder } from "../../lib/images/image_folder.ts";
import { TORCHVISION_NORMALISATION } from "../../lib/images/network_input.ts";
import { streamImageFolder } from "../../lib/images/streamed_dataset.ts";
import { networkFor } from "../../lib/lab/named_run.ts";
import { runNamed } from "../../lib/lab/run_named.ts";
import { readRecord } from "../../lib/records/read_record.ts";
import { parseRunSpec } from "../../lib/records/run_spec.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { train } from "../../lib/training/train.ts";
import { withFiles } from "./image_files.ts";
import { photographSet, RUN, valuesOf } from "./photographs.ts";

const backend = await useBackend({ name: "tensorflow", quiet: true });

const FILES = photographSet({ train: 48, test: 20 });

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
    assertEquals(name, "ResNet-50");
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

Deno.test("a Stop within an evaluation of photographs ends the run there", async () => {
  // More than are judged at a time.
  const files = photographSet({ train: 20, test: 60 });
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
