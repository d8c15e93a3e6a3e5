import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { replaceFile } from "../../lib/data/replace_file.ts";

async function* stopsHalfWay(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Uint8Array.of(1));
  throw new Error("no more");
}

Deno.test("replaceFile() writes text, bytes or parts and leaves nothing else", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "a.txt");
  await replaceFile(path, "first");
  assertEquals(await Deno.readTextFile(path), "first");
  await replaceFile(path, Uint8Array.of(1, 2));
  assertEquals(await Deno.readFile(path), Uint8Array.of(1, 2));
  const parts = [Uint8Array.of(3), new Uint8Array(), Uint8Array.of(4, 5)];
  await replaceFile(path, ReadableStream.from(parts));
  assertEquals(await Deno.readFile(path), Uint8Array.of(3, 4, 5));
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  assertEquals(names, ["a.txt"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("replaceFile() leaves nothing if it fails", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "folder");
  await Deno.mkdir(path);
  await assertRejects(() => replaceFile(path, "text"));
  const stream = ReadableStream.from(stopsHalfWay());
  await assertRejects(
    () => replaceFile(join(folder, "a"), stream),
    Error,
    "no more",
  );
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  assertEquals(names, ["folder"]);
  await Deno.remove(folder, { recursive: true });
});
