import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { loadFashionMnist } from "../../lib/data/fashion_mnist.ts";

Deno.test("loadFashionMnist() fetches, caches and checks the images", async () => {
  const cacheDirectory = await Deno.makeTempDir();
  const messages: string[] = [];
  const options = {
    cacheDirectory,
    onMessage: (message: string) => messages.push(message),
  };

  const dataset = await loadFashionMnist(options);
  const { train, test } = dataset;
  // Computed in Python from the package's files.
  assertEquals(
    dataset.checksum,
    "sha256:3907ff265cccfa492b9cb1b4df8b415f121f45baba64496fa784dcbc8d5c95d2",
  );
  assertEquals([train.count, test.count], [60_000, 10_000]);
  assertEquals(train.images.length, 60_000 * 32 * 32);
  assertEquals(test.images.length, 10_000 * 32 * 32);
  assertEquals([...test.labels.subarray(8, 12)], [8, 9, 0, 1]);
  assertEquals(messages.length, 2);

  const again = await loadFashionMnist(options);
  assertEquals(again.checksum, dataset.checksum);
  assertEquals(messages.length, 2);

  const path = join(cacheDirectory, "fashion-mnist", "images.bin");
  const bytes = await Deno.readFile(path);
  bytes[12_345]! ^= 1;
  await Deno.writeFile(path, bytes);
  await assertRejects(
    () => loadFashionMnist(options),
    Error,
    `Expected ${path} to have SHA-256`,
  );
  await Deno.remove(cacheDirectory, { recursive: true });
});
