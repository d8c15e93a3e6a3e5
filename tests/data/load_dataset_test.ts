import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { type DatasetName, loadDataset } from "../../lib/data/load_dataset.ts";
import { CIFAR10_FOLDER, cifar10Test } from "./cifar10_folder.ts";

cifar10Test('loadDataset("auto") takes CIFAR-10 if it is at hand', async () => {
  const dataset = await loadDataset("auto", { directory: CIFAR10_FOLDER });
  assertEquals(dataset.name, "CIFAR-10");
  assertEquals(dataset.source, "the folder given");
});

Deno.test('loadDataset("auto") takes Fashion-MNIST else, and says why', async () => {
  const cacheDirectory = await Deno.makeTempDir();
  const before = Deno.env.get("CIFAR10_DIR");
  Deno.env.delete("CIFAR10_DIR");
  try {
    const dataset = await loadDataset("auto", {
      cacheDirectory,
      onMessage() {},
    });
    assertEquals(dataset.name, "Fashion-MNIST");
    assertStringIncludes(dataset.source, "because no CIFAR-10 is at hand");
  } finally {
    if (before !== undefined) Deno.env.set("CIFAR10_DIR", before);
    await Deno.remove(cacheDirectory, { recursive: true });
  }
});

Deno.test('loadDataset("auto") throws if the folder given is none', async () => {
  await assertRejects(
    () => loadDataset("auto", { directory: fromFileUrl(import.meta.url) }),
    Error,
    "Expected directory to name a folder of CIFAR-10",
  );
});

Deno.test("loadDataset() passes sizes on to synthetic images", async () => {
  const dataset = await loadDataset("synthetic", { trainCount: 7, height: 4 });
  assertEquals([dataset.train.count, dataset.height], [7, 4]);
});

Deno.test("loadDataset() throws on a name that is none", async () => {
  await assertRejects(
    () => loadDataset("mnist" as DatasetName),
    TypeError,
    "Expected name to be cifar10, cifar100, fashionMnist, synthetic, folder:PATH or auto but found mnist",
  );
});
