import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { join } from "@std/path";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { createRandom } from "../../lib/data/random.ts";
import { BrokenImageError } from "../../lib/images/decode_image.ts";
import { imageBatches } from "../../lib/images/image_batches.ts";
import { imageFolder } from "../../lib/images/image_folder.ts";
import { encode, pixels, plain, withFiles } from "./image_files.ts";

await useBackend({ name: "tensorflow", quiet: true });

/** Ten images of two classes, all different. */
const FILES = Object.fromEntries(
  Array.from({ length: 10 }, (_, i) => [
    `${i % 2 ? "odd" : "even"}/${i}.png`,
    encode("Png", pixels([20 + i, 30], (r, c, k) => 20 * i + r + c + k)),
  ]),
);

const OPTIONS = {
  batchSize: 4,
  seed: 7,
  size: 16,
  shorterSide: [16, 24] as const,
};

const wait = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** All values of some mini-batches. */
async function take(
  count: number,
  directory: string,
  options: Partial<Parameters<typeof imageBatches>[1]> = {},
) {
  const folder = await imageFolder(directory);
  const found = [];
  for await (const batch of imageBatches(folder, { ...OPTIONS, ...options })) {
    const { images, labels, flips, colours } = batch;
    assertEquals(images.shape, [labels.size, 16, 16, 3]);
    found.push({
      step: batch.step,
      values: [images, labels, flips, colours].map((t) => [...t.dataSync()]),
      skipped: batch.skipped.map(({ path }) => path),
    });
    batch.dispose();
    if (found.length === count) break;
  }
  return found;
}

Deno.test("imageBatches() repeats a seed, whichever image is ready first", async () => {
  await withFiles(FILES, async (directory) => {
    const expected = await take(6, directory);
    const random = createRandom(0);
    const read = async (path: string) => {
      await wait(random.integer(20));
      return await Deno.readFile(path);
    };
    const options = { read, concurrency: 8, prefetch: 3 };
    assertEquals(await take(6, directory, options), expected);
    assertEquals(await take(2, directory, { step: 4 }), expected.slice(4));
    const other = await take(1, directory, { seed: 8 });
    assert(other[0]!.values.join() !== expected[0]!.values.join());
  });
});

Deno.test("imageBatches() gives mini-batches of a single image too", async () => {
  await withFiles(FILES, async (directory) => {
    const epoch = await take(10, directory, { batchSize: 1 });
    const labels = epoch.flatMap(({ values: [, labels] }) => labels!);
    assertEquals(labels.toSorted(), [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    const images = epoch.map(({ values: [pixels] }) => pixels!.join());
    assertEquals(new Set(images).size, 10);
  });
});

Deno.test("imageBatches() gives an image's colour with its label", async () => {
  const files = {
    "blue/1.jpg": encode("Jpeg", plain([40, 50], 10, 20, 240)),
    "red/1.jpg": encode("Jpeg", plain([50, 40], 240, 20, 10)),
  };
  await withFiles(files, async (directory) => {
    const [batch] = await take(1, directory, { batchSize: 2 });
    const [images, labels] = batch!.values;
    labels!.forEach((label, i) => {
      const colour = label === 0 ? [10, 20, 240] : [240, 20, 10];
      const image = images!.slice(i * 768, (i + 1) * 768);
      image.forEach((value, at) =>
        assert(Math.abs(value - colour[at % 3]!) <= 3)
      );
    });
    assertEquals(labels!.toSorted(), [0, 1]);
  });
});

Deno.test("imageBatches() reads no further ahead than it is told to", async () => {
  await withFiles(FILES, async (directory) => {
    let started = 0;
    let reading = 0;
    let most = 0;
    const read = async (path: string) => {
      started++;
      most = Math.max(most, ++reading);
      await wait(1);
      reading--;
      return await Deno.readFile(path);
    };
    const folder = await imageFolder(directory);
    const options = { ...OPTIONS, read, prefetch: 2, concurrency: 3 };
    let batches = 0;
    for await (const batch of imageBatches(folder, options)) {
      batches++;
      const bound = 4 * (batches + 2);
      while (started < bound) await wait(1);
      await wait(50); // In which more would be read, if anything was.
      assertEquals(started, bound);
      batch.dispose();
      if (batches === 3) break;
    }
    assert(most <= 3);
  });
});

Deno.test("imageBatches() leaves threads to the steps, however many cores there are", async () => {
  Object.defineProperty(navigator, "hardwareConcurrency", {
    value: 64,
    configurable: true,
  });
  try {
    await withFiles(FILES, async (directory) => {
      let [reading, most] = [0, 0];
      const read = async (path: string) => {
        most = Math.max(most, ++reading);
        await wait(1);
        reading--;
        return await Deno.readFile(path);
      };
      await take(1, directory, { read, batchSize: 40, prefetch: 0 });
      assertEquals(most, 24);
    });
  } finally {
    // What the prototype has shows again.
    Reflect.deleteProperty(navigator, "hardwareConcurrency");
  }
});

Deno.test("imageBatches() refuses a word that is none", async () => {
  await withFiles(FILES, async (directory) => {
    const folder = await imageFolder(directory);
    const options: unknown = { ...OPTIONS, onBroken: "Skip" };
    assertThrows(
      () => imageBatches(folder, options as typeof OPTIONS),
      RangeError,
      'Expected onBroken to be one of "throw", "skip" but found "Skip"',
    );
  });
});

Deno.test("imageBatches() names an image that was deleted, or skips it", async () => {
  await withFiles(FILES, async (directory) => {
    const folder = await imageFolder(directory);
    const [{ path } = { path: "" }] = folder.images;
    await Deno.remove(path);
    const options = { ...OPTIONS, batchSize: 10 };
    const throwing = imageBatches(folder, options);
    await assertRejects(
      () => throwing.next(),
      BrokenImageError,
      `Expected an image that can be decoded at ${path}: it is not there`,
    );
    const skipping = imageBatches(folder, { ...options, onBroken: "skip" });
    const { value } = await skipping.next();
    assertEquals(value.labels.size, 9);
    assertEquals(value.skipped.map((error) => error.path), [path]);
    value.dispose();
    await skipping.return(undefined as never);
  });
});

Deno.test("imageBatches() leaves nothing behind", async () => {
  await withFiles(FILES, async (directory) => {
    const before = tf.memory().numTensors;
    await take(5, directory);
    assertEquals(tf.memory().numTensors, before);
  });
});

Deno.test("imageBatches() names a broken image, or skips it and says so", async () => {
  const files = { ...FILES, "odd/broken.jpg": Uint8Array.of(255, 216, 255, 0) };
  await withFiles(files, async (directory) => {
    const before = tf.memory().numTensors;
    const broken = join(directory, "odd", "broken.jpg");
    const error = await assertRejects(
      () => take(3, directory),
      BrokenImageError,
      `Expected an image that can be decoded at ${broken}`,
    );
    assertEquals(error.path, broken);
    // 11 images: an epoch ends inside the third mini-batch.
    const batches = await take(3, directory, { onBroken: "skip" });
    assertEquals(batches.flatMap(({ skipped }) => skipped).slice(0, 1), [
      broken,
    ]);
    const sizes = batches.map(({ values, skipped }) =>
      values[1]!.length + skipped.length
    );
    assertEquals(sizes, [4, 4, 4]);
    assertEquals(tf.memory().numTensors, before);
  });
});

Deno.test("imageBatches() throws where no image of a mini-batch can be decoded", async () => {
  const files = { "a/1.jpg": Uint8Array.of(1), "b/1.jpg": new Uint8Array(0) };
  await withFiles(files, async (directory) => {
    await assertRejects(
      () => take(1, directory, { onBroken: "skip", batchSize: 2 }),
      Error,
      "in the mini-batch of step 0 but found none",
    );
  });
});
