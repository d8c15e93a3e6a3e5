import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import {
  CIFAR10_ARCHIVE,
  findCifar10,
  loadCifar10,
} from "../../lib/data/cifar10.ts";
import type { Dataset } from "../../lib/data/dataset.ts";
import { sha256 } from "../../lib/data/hash.ts";
import { perPixelMean } from "../../lib/data/per_pixel_mean.ts";
import { CIFAR10_FOLDER, cifar10Test } from "./cifar10_folder.ts";

let loaded: Promise<Dataset> | undefined;

/** Loads the real images, once for all tests. */
function load(): Promise<Dataset> {
  return loaded ??= loadCifar10({ directory: CIFAR10_FOLDER });
}

/** Runs a test with `CIFAR10_DIR` set, or without it. */
async function withVariable(
  value: string | undefined,
  test: () => Promise<void>,
): Promise<void> {
  const before = Deno.env.get("CIFAR10_DIR");
  const set = (text: string | undefined) =>
    text === undefined
      ? Deno.env.delete("CIFAR10_DIR")
      : Deno.env.set("CIFAR10_DIR", text);
  set(value);
  try {
    await test();
  } finally {
    set(before);
  }
}

cifar10Test(
  "loadCifar10() has 5,000 and 1,000 images of each class",
  async () => {
    const dataset = await load();
    const { train, test } = dataset;
    assertEquals([train.count, test.count], [50_000, 10_000]);
    assertEquals(train.images.length, 50_000 * 3072);
    assertEquals(test.images.length, 10_000 * 3072);
    const counts = (labels: Uint8Array) => {
      const count = new Array(10).fill(0);
      for (const label of labels) count[label]++;
      return count;
    };
    assertEquals(counts(train.labels), new Array(10).fill(5_000));
    assertEquals(counts(test.labels), new Array(10).fill(1_000));
    assertEquals([...train.labels.subarray(0, 5)], [6, 9, 9, 4, 1]);
    assertEquals(dataset.classes[6], "frog");
  },
);

cifar10Test("loadCifar10() has the pixels of the files", async () => {
  const { train, test } = await load();
  const parts = [
    { name: "data_batch_3.bin", record: 1234, images: train, index: 21_234 },
    { name: "test_batch.bin", record: 9_999, images: test, index: 9_999 },
  ];
  for (const { name, record, images, index } of parts) {
    const bytes = await Deno.readFile(join(CIFAR10_FOLDER, name));
    const planes = bytes.subarray(record * 3073 + 1, (record + 1) * 3073);
    const image = images.images.subarray(index * 3072, (index + 1) * 3072);
    for (let i = 0; i < 3072; i++) {
      assertEquals(image[i], planes[(i % 3) * 1024 + Math.floor(i / 3)]);
    }
  }
});

cifar10Test(
  "loadCifar10() has the channel means that others publish",
  async () => {
    const { train } = await load();
    const mean = perPixelMean(train);
    const channels = [0, 0, 0];
    mean.forEach((value, i) => channels[i % 3]! += value / 1024 / 255);
    // As PyTorch's and other examples normalise by: 0.4914, 0.4822, 0.4465.
    assertAlmostEquals(channels[0]!, 0.4914, 5e-5);
    assertAlmostEquals(channels[1]!, 0.4822, 5e-5);
    assertAlmostEquals(channels[2]!, 0.4465, 5e-5);
  },
);

cifar10Test("loadCifar10() always has the same checksum", async () => {
  const { checksum } = await load();
  assertEquals(
    checksum,
    "sha256:80387ddb9a0edf3fc4a964ee3770296169bb26a651050df20035579673099660",
  );
});

cifar10Test(
  "loadCifar10() names the file that is altered, of real ones",
  async () => {
    const folder = await Deno.makeTempDir();
    for (const name of CIFAR10_ARCHIVE.files) {
      await Deno.symlink(join(CIFAR10_FOLDER, name), join(folder, name));
    }
    const path = join(folder, "data_batch_2.bin");
    const bytes = await Deno.readFile(path);
    bytes[1_000_000]! ^= 1;
    await Deno.remove(path);
    await Deno.writeFile(path, bytes);
    await assertRejects(
      () => loadCifar10({ directory: folder }),
      Error,
      `Expected ${path} to have SHA-256`,
    );
    await Deno.remove(folder, { recursive: true });
  },
);

cifar10Test("loadCifar10() reads the files of SHA256SUMS", async () => {
  const sums = await Deno.readTextFile(join(CIFAR10_FOLDER, "SHA256SUMS"));
  const names = sums.trim().split("\n").map((line) => line.split(/\s+/)[1]!);
  assertEquals(names.sort(), [...CIFAR10_ARCHIVE.files]);
  for (const line of sums.trim().split("\n")) {
    const [hash, name] = line.split(/\s+/);
    const bytes = await Deno.readFile(join(CIFAR10_FOLDER, name!));
    assertEquals(sha256(bytes), hash);
  }
});

Deno.test("findCifar10() takes the folder given, CIFAR10_DIR, then the cache", async () => {
  const root = await Deno.makeTempDir();
  const cached = join(root, "cifar-10-batches-bin");
  await Deno.mkdir(cached);
  const options = { cacheDirectory: root };
  await withVariable(import.meta.dirname, async () => {
    const given = await findCifar10({ ...options, directory: root });
    assertEquals(given?.directory, root);
    const named = await findCifar10(options);
    assertEquals(named?.directory, import.meta.dirname);
  });
  await withVariable(undefined, async () => {
    assertEquals((await findCifar10(options))?.directory, cached);
    await Deno.remove(cached);
    assertEquals(await findCifar10(options), null);
  });
  await Deno.remove(root);
});

Deno.test("loadCifar10() does not fall back if CIFAR10_DIR names no folder", async () => {
  await withVariable("no-such-folder", async () => {
    await assertRejects(
      () => loadCifar10(),
      Error,
      "Expected CIFAR10_DIR to name a folder of CIFAR-10 but found none at " +
        "no-such-folder",
    );
  });
});

Deno.test("findCifar10() tells another version, and the folder above, from the right one", async () => {
  const folder = await Deno.makeTempDir();
  const inside = join(folder, "cifar-10-batches-bin");
  await Deno.mkdir(inside);
  await Deno.create(join(inside, "data_batch_1.bin"));
  await assertRejects(
    () => findCifar10({ directory: folder }),
    Error,
    `Expected directory to name the folder of CIFAR-10 that holds data_batch_1.bin but found it in ${inside}`,
  );
  await Deno.remove(inside, { recursive: true });
  await Deno.create(join(folder, "data_batch_1"));
  await withVariable(folder, async () => {
    await assertRejects(
      () => findCifar10(),
      Error,
      `Expected CIFAR10_DIR to name a folder of CIFAR-10's binary version but found the Python version at ${folder}: unpack cifar-10-binary.tar.gz and name its folder`,
    );
  });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("loadCifar10() names the file that a folder lacks", async () => {
  const folder = await Deno.makeTempDir();
  await assertRejects(
    () => loadCifar10({ directory: folder }),
    Error,
    `Expected a file of CIFAR at ${join(folder, "data_batch_1.bin")}`,
  );
  await Deno.remove(folder);
});
