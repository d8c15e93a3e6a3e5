import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { join } from "@std/path";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { BrokenImageError } from "../../lib/images/decode_image.ts";
import { classifyFolder } from "../../lib/images/classify_folder.ts";
import { imageFolder } from "../../lib/images/image_folder.ts";
import { meanImage } from "../../lib/images/mean_image.ts";
import { colourModel, RAW, softmax } from "./colour_model.ts";
import { encode, plain, withFiles } from "./image_files.ts";

await useBackend({ name: "tensorflow", quiet: true });

const COLOURED = {
  "0-red/1.png": encode("Png", plain([8, 9], 250, 10, 10)),
  "0-red/2.png": encode("Png", plain([9, 8], 10, 200, 10)), // Green in truth.
  "1-green/1.jpg": encode("Jpeg", plain([8, 8], 10, 240, 10)),
  "2-blue/1.png": encode("Png", plain([8, 12], 0, 0, 255)),
};

Deno.test("classifyFolder() counts errors and names classes", async () => {
  const model = colourModel();
  await withFiles(COLOURED, async (directory) => {
    const folder = await imageFolder(directory);
    const before = tf.memory().numTensors;
    const found = await classifyFolder(model, folder, {
      normalisation: RAW,
      views: "ten-crop",
    });
    assertEquals([found.top1Error, found.top5Error, found.images], [25, 0, 4]);
    assertEquals(
      found.classified.map(({ best }) => best[0]!.name),
      ["0-red", "1-green", "1-green", "2-blue"],
    );
    const blue = softmax([0, 0, 1])[2];
    const { best } = found.classified[3]!;
    assertAlmostEquals(best[0]!.probability, blue!, 1e-6);
    assertEquals(tf.memory().numTensors, before);
    await assertRejects(
      () =>
        classifyFolder(
          model,
          { ...folder, classes: [...folder.classes, "3-white"] },
          { normalisation: RAW },
        ),
      RangeError,
      "Expected colours to have an output for each of the 4 classes of",
    );
  });
  model.dispose();
});

Deno.test("classifyFolder() and meanImage() name a broken image, or skip it and say so", async () => {
  const model = colourModel();
  const files = { ...COLOURED, "1-green/0.jpg": Uint8Array.of(1, 2, 3) };
  await withFiles(files, async (directory) => {
    const folder = await imageFolder(directory);
    const path = join(directory, "1-green", "0.jpg");
    await assertRejects(
      () => classifyFolder(model, folder, { normalisation: RAW }),
      Error,
      path,
    );
    const found = await classifyFolder(model, folder, {
      normalisation: RAW,
      onBroken: "skip",
    });
    assertEquals(found.skipped.map((error) => error.path), [path]);
    assertEquals([found.images, found.top1Error], [4, 25]);
    const crop = { size: 4, shorterSide: 4 };
    await assertRejects(() => meanImage(folder, crop), Error, path);
    const mean = await meanImage(folder, { ...crop, onBroken: "skip" });
    assertEquals(mean.length, 48);
    // (250 + 10 + 10 + 0) / 4, (10 + 200 + 240 + 0) / 4, (10 + 10 + 10 + 255) / 4;
    // the JPEG's colour may be off by 2.
    const expected = [67.5, 112.5, 71.25];
    mean.forEach((value, i) =>
      assert(Math.abs(value - expected[i % 3]!) <= 0.5)
    );
  });
  model.dispose();
});

Deno.test("classifyFolder() throws if all images are broken, and checks the classes first", async () => {
  const model = colourModel();
  const broken = Uint8Array.of(1, 2, 3);
  const files = { "0/0.png": broken, "1/0.png": broken, "2/0.png": broken };
  const options = { normalisation: RAW, onBroken: "skip" } as const;
  await withFiles(files, async (directory) => {
    const folder = await imageFolder(directory);
    await assertRejects(
      () => classifyFolder(model, folder, options),
      Error,
      `Expected an image in ${directory} but found none`,
    );
    const few = { ...folder, classes: ["0", "1"] };
    await assertRejects(
      () => classifyFolder(model, few, options),
      RangeError,
      "to have the 3 classes of colours but found 2: give the names of all",
    );
  });
  model.dispose();
});

Deno.test("classifyFolder() takes a wrong option for no broken image", async () => {
  const model = colourModel();
  await withFiles(COLOURED, async (directory) => {
    const folder = await imageFolder(directory);
    const before = tf.memory().numTensors;
    const normalisation = { ...RAW, mean: [0, 0] };
    for (const onBroken of ["skip", "throw"] as const) {
      await assertRejects(
        () => classifyFolder(model, folder, { normalisation, onBroken }),
        RangeError,
        "Expected the mean of 3 channels or of 4x4x3 values but found 2",
      );
    }
    const word: unknown = { normalisation: RAW, onBroken: "Skip" };
    await assertRejects(
      () =>
        classifyFolder(model, folder, word as { normalisation: typeof RAW }),
      RangeError,
      'Expected onBroken to be one of "throw", "skip" but found "Skip"',
    );
    assertEquals(tf.memory().numTensors, before);
  });
  model.dispose();
});

Deno.test("a narrow image is judged by its parts, not as a whole", async () => {
  const model = colourModel();
  const files = {
    "0/0.png": encode("Png", plain([300, 1], 200, 10, 10)),
    "1/0.png": encode("Png", plain([4, 4], 10, 200, 10)),
    "2/0.png": encode("Png", plain([4, 4], 10, 10, 200)),
  };
  await withFiles(files, async (directory) => {
    const folder = await imageFolder(directory);
    // At this side the whole of it would be of 300 million pixels.
    const crops = await classifyFolder(model, folder, {
      ...{ normalisation: RAW, views: "ten-crop", shorterSide: 1000 },
    });
    assertEquals([crops.images, crops.top1Error], [3, 0]);
    const options = { normalisation: RAW, views: { scales: [4, 1000] } };
    const path = join(directory, "0", "0.png");
    const before = tf.memory().numTensors;
    await assertRejects(
      () => classifyFolder(model, folder, options),
      BrokenImageError,
      `${path}: Expected an image of at most 4194304 pixels with a shorter side of 1000 but found 300000x1000`,
    );
    const skips = { ...options, onBroken: "skip" } as const;
    const found = await classifyFolder(model, folder, skips);
    assertEquals(found.skipped.map((error) => error.path), [path]);
    assertEquals([found.images, found.top1Error], [2, 0]);
    assertEquals(tf.memory().numTensors, before);
  });
  model.dispose();
});
