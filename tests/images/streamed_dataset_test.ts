import {
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { join } from "@std/path";
import { MissingImageError } from "../../lib/images/decode_image.ts";
import { loadDataset } from "../../lib/data/load_dataset.ts";
import { isStreamed } from "../../lib/data/training_data.ts";
import { splitStreamed } from "../../lib/images/split_streamed.ts";
import { streamImageFolder } from "../../lib/images/streamed_dataset.ts";
import { folderName } from "../../lib/images/train_and_test.ts";
import { cifarPlain } from "../../lib/networks/cifar.ts";
import { build } from "../../lib/networks/model.ts";
import { classify } from "../../lib/training/classify.ts";
import { evaluate } from "../../lib/training/evaluate.ts";
import { withFiles } from "./image_files.ts";

/** Files that are never opened: as many as there are numbers. */
function files(folder: string, count: number): Record<string, Uint8Array> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `${folder}/${i % 2 ? "dog" : "cat"}/${i}.jpg`,
      Uint8Array.of(1, 2),
    ]),
  );
}

const FILES = { ...files("train", 48), ...files("val", 20) };

Deno.test("streamImageFolder() shuffles in one way, and knows images by names and sizes", async () => {
  await withFiles(FILES, async (directory) => {
    const dataset = await streamImageFolder(directory);
    const { train, checksum, test } = dataset;
    assertEquals([train.count, test.count], [48, 20]);
    assertEquals(isStreamed(dataset), true);
    const again = await streamImageFolder(directory);
    assertEquals([again.train, again.checksum], [train, checksum]);
    const labels = train.files.map(({ label }) => label);
    assertNotEquals(labels, labels.toSorted());
    const file = join(directory, "val", "dog", "1.jpg");
    await Deno.writeFile(file, Uint8Array.of(1, 2, 3));
    const resized = await streamImageFolder(directory);
    assertNotEquals(resized.checksum, checksum);
    await Deno.rename(file, join(directory, "val", "dog", "100.jpg"));
    const renamed = await streamImageFolder(directory);
    assertNotEquals(renamed.checksum, resized.checksum);
  });
});

Deno.test("streamImageFolder() knows which images are to learn from", async () => {
  const three = ["train/a/1.jpg", "train/a/2.jpg", "val/a/3.jpg"];
  const bytes = Uint8Array.of(1);
  const contents = Object.fromEntries(three.map((path) => [path, bytes]));
  await withFiles(contents, async (directory) => {
    const { checksum } = await streamImageFolder(directory);
    await Deno.rename(
      join(directory, "train", "a", "2.jpg"),
      join(directory, "val", "a", "2.jpg"),
    );
    const moved = await streamImageFolder(directory);
    assertNotEquals(moved.checksum, checksum);
  });
});

Deno.test("streamImageFolder() throws if there is no image of a class to test on", async () => {
  const { "val/dog/1.jpg": dog, ...rest } = {
    ...files("train", 4),
    ...files("val", 2),
  };
  await withFiles(rest, async (directory) => {
    await assertRejects(
      () => streamImageFolder(directory),
      Error,
      `Expected images of each of the 2 classes of ${
        join(directory, "train")
      } in ${join(directory, "val")} but found none of dog`,
    );
    await Deno.mkdir(join(directory, "val", "dog"));
    await Deno.writeFile(join(directory, "val", "dog", "1.jpg"), dog!);
    assertEquals((await streamImageFolder(directory)).test.count, 2);
  });
});

Deno.test({
  name: "streamImageFolder() names a link that leads nowhere, or lets it be",
  ignore: Deno.build.os === "windows",
  async fn() {
    await withFiles(FILES, async (directory) => {
      const link = join(directory, "train", "cat", "link.jpg");
      await Deno.symlink(join(directory, "nowhere"), link);
      await assertRejects(
        () => streamImageFolder(directory),
        MissingImageError,
        `Expected an image that can be decoded at ${link}: it is not there`,
      );
      const skips = { onBroken: "skip" } as const;
      const { train } = await streamImageFolder(directory, skips);
      assertEquals(train.count, 49);
    });
  },
});

Deno.test("streamImageFolder() passes over a test folder without classes, as ImageNet has it", async () => {
  const flat = { ...FILES, "test/1.jpg": Uint8Array.of(1) };
  await withFiles(flat, async (directory) => {
    const { test, source } = await streamImageFolder(directory);
    assertEquals(test.count, 20);
    assertEquals(source.includes(join(directory, "val")), true);
  });
  await withFiles({ ...FILES, ...files("test", 6) }, async (directory) => {
    assertEquals((await streamImageFolder(directory)).test.count, 6);
  });
  await withFiles(files("train", 4), async (directory) => {
    await assertRejects(
      () => streamImageFolder(directory),
      Error,
      `Expected a folder test, val, validation with one folder a class in ${directory} but found none`,
    );
  });
});

Deno.test("streamImageFolder() refuses options that it has not, and words that are none", async () => {
  await withFiles(FILES, async (directory) => {
    const wrong: Record<string, unknown> = { onbroken: "skip" };
    await assertRejects(() => streamImageFolder(directory, wrong), TypeError);
    const word: Record<string, unknown> = { onBroken: "Skip" };
    await assertRejects(
      () => streamImageFolder(directory, word),
      RangeError,
      'Expected onBroken to be one of "throw", "skip" but found "Skip"',
    );
  });
});

Deno.test("splitStreamed() sets images of all classes aside", async () => {
  await withFiles(FILES, async (directory) => {
    const { train } = await streamImageFolder(directory);
    const { validation, train: rest } = splitStreamed(train, 16);
    assertEquals([validation.count, rest.count], [16, 32]);
    const paths = [...validation.files, ...rest.files].map(({ path }) => path);
    assertEquals(new Set(paths).size, 48);
    const labels = new Set(validation.files.map(({ label }) => label));
    assertEquals(labels.size, 2);
    for (const wrong of [48, 0, -1, 2.5, NaN]) {
      assertThrows(() => splitStreamed(train, wrong), RangeError);
    }
  });
});

Deno.test("what judges images in memory says what judges the others", async () => {
  await withFiles(FILES, async (directory) => {
    const dataset: unknown = await streamImageFolder(directory);
    const model = build(cifarPlain({ depth: 8 }), { seed: 0 });
    for (const judge of [evaluate, classify]) {
      await assertRejects(
        () => judge(model, dataset as Parameters<typeof evaluate>[1]),
        TypeError,
        "whose images are read from their files: classifyFolder() judges on those",
      );
    }
    model.dispose();
    const name: unknown = `imagenet:${directory}`;
    await assertRejects(
      () => loadDataset(name as "auto"),
      TypeError,
      "streamImageFolder() lists those",
    );
  });
});

Deno.test("folderName() is a folder's own name, however it is written", () => {
  assertEquals(folderName("/data/imagenet"), "imagenet");
  assertEquals(folderName("/data/imagenet/"), "imagenet");
  assertEquals(folderName("/data/imagenet/."), "imagenet");
  assertEquals(folderName("."), folderName(Deno.cwd()));
});
