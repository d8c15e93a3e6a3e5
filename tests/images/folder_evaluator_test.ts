import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { classifyFolder } from "../../lib/images/classify_folder.ts";
import { BrokenImageError, readImage } from "../../lib/images/decode_image.ts";
import {
  folderEvaluator,
  type FolderEvaluatorOptions,
} from "../../lib/images/folder_evaluator.ts";
import {
  type ImageFolder,
  imageFolder,
} from "../../lib/images/image_folder.ts";
import { centreCrop } from "../../lib/images/judging_views.ts";
import {
  networkInput,
  TORCHVISION_NORMALISATION,
} from "../../lib/images/network_input.ts";
import { dense } from "../../lib/networks/layer.ts";
import { build, type Model } from "../../lib/networks/model.ts";
import { withFiles } from "./image_files.ts";
import { NETWORK, photographs, SIZE } from "./photographs.ts";

await useBackend({ name: "tensorflow", quiet: true });

const normalisation = TORCHVISION_NORMALISATION;

/** The mean cross entropy, an image at a time. */
async function meanLoss(model: Model, { images }: ImageFolder) {
  let sum = 0;
  for (const { path, label } of images) {
    const image = await readImage(path);
    const crop = await centreCrop(image, { size: SIZE, shorterSide: 32 });
    const logits = tf.tidy(
      () => [...model.logits(networkInput(crop, normalisation)).dataSync()],
    );
    tf.dispose([image, crop]);
    const total = logits.reduce((all, logit) => all + Math.exp(logit), 0);
    sum += Math.log(total) - logits[label]!;
  }
  return sum / images.length;
}

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
      folder.images,
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
    assertAlmostEquals(found.loss, await meanLoss(model, folder), 1e-5);
    evaluator.dispose();
  });
  model.dispose();
});

Deno.test("folderEvaluator() leaves out what cannot be decoded, within mini-batches and whole ones", async () => {
  const model = build(NETWORK, { seed: 4 });
  await withFiles(photographs(104, 3), async (directory) => {
    const { images, classes } = await imageFolder(directory);
    // One of the first 50, all of the second, none of the last.
    const broken = images.filter((_, i) => i === 7 || i >= 50 && i < 100);
    const others = images.filter((image) => !broken.includes(image));
    const expected = await classifyFolder(
      model,
      { directory, classes, images: others, others: [] },
      { normalisation },
    );
    for (const { path } of broken) await Deno.writeFile(path, Uint8Array.of(1));
    const before = tf.memory().numTensors;
    const skipped: string[] = [];
    const options = {
      normalisation,
      onSkipped: (path: string) => skipped.push(path),
    };
    const skipping = folderEvaluator(model, images, {
      ...options,
      onBroken: "skip",
    });
    const { error, images: count, stopped } = await skipping.run();
    assertEquals([error, count, stopped], [expected.top1Error, 53, false]);
    assertEquals(skipped, broken.map(({ path }) => path));
    skipping.dispose();
    // A Stop waits for a mini-batch with an image to judge.
    const brokenFirst = [...images.slice(50), ...images.slice(0, 50)];
    const stopping = folderEvaluator(model, brokenFirst, {
      ...options,
      onBroken: "skip",
    });
    const ended = await stopping.run(undefined, () => true);
    // 4 of the last, 46 of the first, of which one is broken.
    assertEquals([ended.images, ended.stopped], [49, true]);
    stopping.dispose();
    const word: unknown = { ...options, onBroken: "Skip" };
    assertThrows(
      () => folderEvaluator(model, images, word as FolderEvaluatorOptions),
      RangeError,
      'Expected onBroken to be one of "throw", "skip" but found "Skip"',
    );
    const throwing = folderEvaluator(model, images, {
      ...options,
      onBroken: "throw",
    });
    await assertRejects(() => throwing.run(), BrokenImageError, skipped[0]!);
    throwing.dispose();
    const none = folderEvaluator(model, broken, {
      ...options,
      onBroken: "skip",
    });
    await assertRejects(
      () => none.run(),
      Error,
      "Expected an image that can be decoded among 51 to judge on but found none",
    );
    none.dispose();
    assertEquals(tf.memory().numTensors, before);
  });
  model.dispose();
});
