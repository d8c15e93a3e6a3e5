import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { replaceFile } from "../../lib/data/replace_file.ts";

Deno.test("replaceFile() writes text or bytes and leaves nothing else", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "a.txt");
  await replaceFile(path, "first");
  assertEquals(await Deno.readTextFile(path), "first");
  await replaceFile(path, Uint8Array.of(1, 2));
  assertEquals(await Deno.readFile(path), Uint8Array.of(1, 2));
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  assertEquals(names, ["a.txt"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("replaceFile() leaves nothing if it fails", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "folder");
  await Deno.mkdir(path);
  await assertRejects(() => replaceFile(path, "text"));
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  assertEquals(names, ["folder"]);
  await Deno.remove(folder, { recursive: true });
});
