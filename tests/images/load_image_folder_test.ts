import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { type DatasetName, loadDataset } from "../../lib/data/load_dataset.ts";
import { encode, plain, withFiles } from "./image_files.ts";

await useBackend({ name: "tensorflow", quiet: true });

const FILES = {
  "train/cat/1.png": encode("Png", plain([40, 60], 1, 2, 3)),
  "train/cat/2.png": encode("Png", plain([9, 9], 4, 5, 6)),
  "train/dog/1.png": encode("Png", plain([60, 40], 7, 8, 9)),
  "val/cat/1.png": encode("Png", plain([9, 9], 13, 14, 15)),
  "val/dog/1.png": encode("Png", plain([10, 20], 10, 11, 12)),
};

Deno.test('loadDataset("folder:...") has all images in one size, with their labels', async () => {
  await withFiles(FILES, async (directory) => {
    const name: DatasetName = `folder:${directory}`;
    const dataset = await loadDataset(name, { imageSize: 8 });
    const { train, test, height, width, classes } = dataset;
    assertEquals([height, width, classes], [8, 8, ["cat", "dog"]]);
    assertEquals([...train.labels], [0, 0, 1]);
    assertEquals([...test.labels], [0, 1]);
    assertEquals(train.images.length, 3 * 192);
    const colours = [0, 192, 384].map((at) => [
      ...train.images.subarray(at, at + 3),
    ]);
    assertEquals(colours, [[1, 2, 3], [4, 5, 6], [7, 8, 9]]);
    assertEquals([...test.images.subarray(-3)], [10, 11, 12]);
    const again = await loadDataset(name, { imageSize: 8 });
    assertEquals(again.checksum, dataset.checksum);
    assertEquals((await loadDataset(name)).height, 32);
  });
});

Deno.test("loadImageFolder() names what it leaves out", async () => {
  const files = {
    ...FILES,
    "train/dog/2.jpg": Uint8Array.of(1),
    "train/dog/notes.txt": Uint8Array.of(1),
  };
  await withFiles(files, async (directory) => {
    const name: DatasetName = `folder:${directory}`;
    const messages: string[] = [];
    const onMessage = (message: string) => messages.push(message);
    const broken = join(directory, "train", "dog", "2.jpg");
    await assertRejects(() => loadDataset(name, { onMessage }), Error, broken);
    messages.length = 0;
    const options = { onMessage, onBroken: "skip" } as const;
    const { train } = await loadDataset(name, options);
    assertEquals([...train.labels], [0, 0, 1]);
    assert(messages[0]!.endsWith(join("train", "dog", "notes.txt")));
    assert(messages[1]!.includes(broken));
  });
});

Deno.test("loadImageFolder() throws without images to test on, or on classes of theirs", async () => {
  const { "val/dog/1.png": image, "val/cat/1.png": cat, ...rest } = FILES;
  await withFiles(rest, async (directory) => {
    await assertRejects(
      () => loadDataset(`folder:${directory}`),
      Error,
      `Expected a folder test, val, validation with one folder a class in ${directory} but found none`,
    );
  });
  await withFiles({ ...rest, "test/cow/1.png": image }, async (directory) => {
    await assertRejects(
      () => loadDataset(`folder:${directory}`),
      Error,
      "to be among the 2 classes given but found cow",
    );
  });
  await withFiles({ ...rest, "test/cat/1.png": cat }, async (directory) => {
    await assertRejects(
      () => loadDataset(`folder:${directory}`),
      Error,
      `in ${join(directory, "test")} but found none of dog`,
    );
  });
});
