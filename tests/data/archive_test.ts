import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { createHash } from "node:crypto";
import { create } from "tar";
import { type Archive, ensureUnpacked } from "../../lib/data/archive.ts";
import { fileInfo } from "../../lib/data/file_info.ts";
import { unpackTarGzip } from "../../lib/data/unpack.ts";
import { type FileServer, serveFile } from "./archive_server.ts";

const ONE = Uint8Array.from({ length: 100_000 }, (_, i) => i * i);
const TWO = Uint8Array.of(1, 2, 3);
const BYTES = await packBatches();

/** An archive of two files that are wanted, and others that are not. */
async function packBatches(): Promise<Uint8Array<ArrayBuffer>> {
  const root = await Deno.makeTempDir();
  const folder = join(root, "batches");
  await Deno.mkdir(folder);
  await Deno.writeTextFile(join(folder, "about.html"), "not wanted");
  await Deno.writeFile(join(folder, "one.bin"), ONE);
  await Deno.writeTextFile(join(folder, "readme.txt"), "not wanted");
  await Deno.writeFile(join(folder, "two.bin"), TWO);
  await Deno.writeTextFile(join(root, "outside.txt"), "not wanted");
  const file = join(root, "batches.tar.gz");
  await create({ file, gzip: true, cwd: root }, ["batches", "outside.txt"]);
  const bytes = await Deno.readFile(file);
  await Deno.remove(root, { recursive: true });
  return bytes;
}

function published(server: FileServer): Archive {
  return {
    name: "batches.tar.gz",
    urls: [server.url],
    size: BYTES.length,
    md5: createHash("md5").update(BYTES).digest("hex"),
    directory: "batches",
    files: ["one.bin", "two.bin"],
  };
}

/** Runs a test with a server and an empty cache. */
async function withCache(
  test: (cache: string, server: FileServer) => Promise<void>,
): Promise<void> {
  await using server = serveFile(BYTES);
  const root = await Deno.makeTempDir();
  try {
    await test(join(root, "cache"), server);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** What lies in a folder, lock files left out. */
async function list(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).filter((name) =>
    !name.endsWith(".lock")
  ).sort();
}

Deno.test("ensureUnpacked() leaves the wanted files and nothing else", async () => {
  await withCache(async (cache, server) => {
    const folder = await ensureUnpacked(published(server), cache);
    assertEquals(folder, join(cache, "batches"));
    assertEquals(await list(folder), ["one.bin", "two.bin"]);
    assertEquals(await Deno.readFile(join(folder, "one.bin")), ONE);
    assertEquals(await Deno.readFile(join(folder, "two.bin")), TWO);
    assertEquals(await list(cache), ["batches"]);
  });
});

Deno.test("ensureUnpacked() downloads once, even if two ask at a time", async () => {
  await withCache(async (cache, server) => {
    const archive = published(server);
    await Promise.all([
      ensureUnpacked(archive, cache),
      ensureUnpacked(archive, cache),
    ]);
    await ensureUnpacked(archive, cache);
    assertEquals(server.ranges.length, 1);
  });
});

Deno.test("ensureUnpacked() takes an archive put there by hand", async () => {
  await withCache(async (cache, server) => {
    await Deno.mkdir(cache);
    await Deno.writeFile(join(cache, "batches.tar.gz"), BYTES);
    const folder = await ensureUnpacked(published(server), cache);
    assertEquals(await list(folder), ["one.bin", "two.bin"]);
    assertEquals(server.ranges, []);
  });
});

Deno.test("ensureUnpacked() names an archive put there that is another", async () => {
  await withCache(async (cache, server) => {
    await Deno.mkdir(cache);
    const path = join(cache, "batches.tar.gz");
    await Deno.writeFile(path, BYTES.subarray(1));
    await assertRejects(
      () => ensureUnpacked(published(server), cache),
      Error,
      `${path} is not the archive that was published: ` +
        `expected ${BYTES.length} bytes but found ${BYTES.length - 1}`,
    );
    assertEquals(await list(cache), ["batches.tar.gz"]);
  });
});

Deno.test("ensureUnpacked() unpacks anew after an interruption", async () => {
  await withCache(async (cache, server) => {
    await Deno.mkdir(join(cache, "batches.part"), { recursive: true });
    await Deno.writeTextFile(join(cache, "batches.part", "old.bin"), "");
    const folder = await ensureUnpacked(published(server), cache);
    assertEquals(await list(folder), ["one.bin", "two.bin"]);
    assertEquals(await list(cache), ["batches"]);
  });
});

Deno.test("ensureUnpacked() names a file that the archive lacks", async () => {
  await withCache(async (cache, server) => {
    const archive = { ...published(server), files: ["one.bin", "three.bin"] };
    await assertRejects(
      () => ensureUnpacked(archive, cache),
      Error,
      "Expected three.bin but found none",
    );
    assertEquals(await list(cache), ["batches.tar.gz"]);
  });
});

Deno.test("unpackTarGzip() leaves no folder if the archive is cut", async () => {
  await withCache(async (cache) => {
    await Deno.mkdir(cache);
    const path = join(cache, "cut.tar.gz");
    await Deno.writeFile(path, BYTES.subarray(0, BYTES.length >> 1));
    await assertRejects(
      () => unpackTarGzip(path, join(cache, "cut"), ["one.bin"]),
      Error,
      `Could not unpack ${path}`,
    );
    assertEquals(await fileInfo(join(cache, "cut")), null);
    assertEquals(await list(cache), ["cut.tar.gz"]);
  });
});
