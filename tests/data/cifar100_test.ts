import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { createHash } from "node:crypto";
import { create } from "tar";
import {
  CIFAR100_ARCHIVE,
  CIFAR100_CLASSES,
  CIFAR100_SUPERCLASSES,
  findCifar100,
  loadCifar100,
} from "../../lib/data/cifar100.ts";
import {
  findCifar,
  loadCifar,
  type PublishedCifar,
} from "../../lib/data/cifar_folder.ts";
import { sha256 } from "../../lib/data/hash.ts";
import { serveFile } from "./archive_server.ts";

/** Records of CIFAR-100's layout: labels, and all pixels of one value. */
function records(count: number, first: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count * 3074);
  for (let i = 0; i < count; i++) {
    bytes.fill(first + i, i * 3074 + 2, (i + 1) * 3074);
    bytes.set([i % 20, 99 - i], i * 3074);
  }
  return bytes;
}

const TRAIN = records(7, 100);
const TEST = records(3, 200);
const KINDS = { classes: [20, 100], taken: 1 };

function published(archive = CIFAR100_ARCHIVE): PublishedCifar {
  return {
    name: "CIFAR-100",
    variable: "SMALL_CIFAR100_DIR",
    archive,
    train: [{ name: "train.bin", count: 7, sha256: sha256(TRAIN) }],
    test: [{ name: "test.bin", count: 3, sha256: sha256(TEST) }],
  };
}

/** Calls `use` with a folder of the small files. */
async function withFolder(use: (folder: string) => Promise<void>) {
  const root = await Deno.makeTempDir();
  const folder = join(root, "cifar-100-binary");
  await Deno.mkdir(folder);
  await Deno.writeFile(join(folder, "train.bin"), TRAIN);
  await Deno.writeFile(join(folder, "test.bin"), TEST);
  await Deno.writeTextFile(join(folder, "fine_label_names.txt"), "apple");
  try {
    await use(folder);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("CIFAR-100 has 100 classes in 20 superclasses", () => {
  assertEquals(new Set(CIFAR100_CLASSES).size, 100);
  assertEquals(new Set(CIFAR100_SUPERCLASSES).size, 20);
  // Labels of the first training images, as others show them: 19 is cattle in
  // the superclass 11, large_omnivores_and_herbivores; 29 dinosaur in 15.
  assertEquals([CIFAR100_CLASSES[19], CIFAR100_CLASSES[29]], [
    "cattle",
    "dinosaur",
  ]);
  assertEquals([CIFAR100_SUPERCLASSES[11], CIFAR100_SUPERCLASSES[15]], [
    "large_omnivores_and_herbivores",
    "reptiles",
  ]);
});

Deno.test("loadCifar() reads fine and coarse labels of CIFAR-100's layout", async () => {
  await withFolder(async (directory) => {
    const options = { directory };
    const fine = await loadCifar(
      published(),
      KINDS,
      CIFAR100_CLASSES,
      options,
    );
    assertEquals([...fine.train.labels], [99, 98, 97, 96, 95, 94, 93]);
    assertEquals([...fine.test.labels], [99, 98, 97]);
    assertEquals(fine.train.images[0], 100);
    assertEquals(fine.train.images.at(-1), 106);
    assertEquals(fine.test.images.at(-1), 202);
    assertEquals(fine.source, "the folder given");
    const kinds = { ...KINDS, taken: 0 };
    const coarse = await loadCifar(
      published(),
      kinds,
      CIFAR100_SUPERCLASSES,
      options,
    );
    assertEquals([...coarse.train.labels], [0, 1, 2, 3, 4, 5, 6]);
    assertEquals(coarse.classes[6], "household_furniture");
    assert(coarse.checksum !== fine.checksum);
  });
});

Deno.test("loadCifar() names a file that is cut, altered or missing", async () => {
  await withFolder(async (directory) => {
    const load = () =>
      loadCifar(published(), KINDS, CIFAR100_CLASSES, { directory });
    const path = join(directory, "test.bin");
    await Deno.writeFile(path, TEST.subarray(0, 9000));
    await assertRejects(load, Error, `${path} to have 9222 bytes but found`);
    const altered = TEST.slice();
    altered[5000]! ^= 1;
    await Deno.writeFile(path, altered);
    await assertRejects(load, Error, `${path} to have SHA-256`);
    await Deno.remove(path);
    await assertRejects(load, Error, `a file of CIFAR at ${path} but found`);
  });
});

Deno.test("loadCifar() downloads an archive of CIFAR-100's layout into the cache", async () => {
  await withFolder(async (folder) => {
    const file = `${folder}.tar.gz`;
    const cwd = join(folder, "..");
    await create({ file, gzip: true, cwd }, ["cifar-100-binary"]);
    const bytes = await Deno.readFile(file);
    await using server = serveFile(bytes);
    const small = published({
      ...CIFAR100_ARCHIVE,
      urls: [],
      size: bytes.length,
      md5: createHash("md5").update(bytes).digest("hex"),
    });
    const cacheDirectory = join(cwd, "cache");
    const options = { cacheDirectory, onProgress() {} };
    assertEquals(await findCifar(small, options), null);
    const dataset = await loadCifar(small, KINDS, CIFAR100_CLASSES, {
      ...options,
      mirrors: [server.url],
    });
    assertEquals(dataset.train.count, 7);
    assertEquals(dataset.source, "the official archive, downloaded now");
    const found = await findCifar(small, options);
    assertEquals(found?.source, "the project's cache");
  });
});

Deno.test("loadCifar100() names the file that a folder lacks, or the one that is no CIFAR-100", async () => {
  const directory = await Deno.makeTempDir();
  const path = join(directory, "train.bin");
  await assertRejects(() => loadCifar100({ directory }), Error, path);
  await Deno.writeFile(path, TRAIN);
  await assertRejects(
    () => loadCifar100({ directory }),
    Error,
    `${path} to have 153700000 bytes but found 21518`,
  );
  await Deno.remove(directory, { recursive: true });
});

Deno.test("findCifar100() looks where CIFAR100_DIR points, not CIFAR10_DIR", async () => {
  const folder = await Deno.makeTempDir();
  const before = Deno.env.get("CIFAR100_DIR");
  Deno.env.set("CIFAR100_DIR", folder);
  try {
    assertEquals(await findCifar100(), {
      directory: folder,
      source: "the folder that CIFAR100_DIR names",
    });
  } finally {
    if (before === undefined) Deno.env.delete("CIFAR100_DIR");
    else Deno.env.set("CIFAR100_DIR", before);
    await Deno.remove(folder);
  }
});
