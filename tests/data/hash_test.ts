import { assertEquals } from "@std/assert";
import { encodeHex } from "@std/encoding";
import { datasetChecksum, hashFile, sha256 } from "../../lib/data/hash.ts";

Deno.test("hashFile() agrees with the RFC 1321 vectors", async () => {
  const path = await Deno.makeTempFile();
  const vectors: [string, string][] = [
    ["", "d41d8cd98f00b204e9800998ecf8427e"],
    ["abc", "900150983cd24fb0d6963f7d28e17f72"],
    ["message digest", "f96b697d7cb7938d525a2f31aaf161d0"],
  ];
  for (const [text, md5] of vectors) {
    await Deno.writeTextFile(path, text);
    assertEquals(await hashFile(path, "md5"), md5);
  }
  await Deno.remove(path);
});

Deno.test("hashFile() reads a file of several chunks in order", async () => {
  const path = await Deno.makeTempFile();
  const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i * i);
  await Deno.writeFile(path, bytes);
  const expected = encodeHex(await crypto.subtle.digest("SHA-256", bytes));
  assertEquals(await hashFile(path, "sha256"), expected);
  await Deno.remove(path);
});

Deno.test("sha256() agrees with the vector of FIPS 180-2", () => {
  assertEquals(
    sha256(new TextEncoder().encode("abc")),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

Deno.test("datasetChecksum() hashes train images, labels, test images, labels", async () => {
  const part = (images: number[], labels: number[]) => ({
    images: Uint8Array.from(images),
    labels: Uint8Array.from(labels),
    count: labels.length,
  });
  const joined = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const hash = encodeHex(await crypto.subtle.digest("SHA-256", joined));
  assertEquals(
    datasetChecksum(part([1, 2, 3, 4], [5, 6]), part([7, 8], [9])),
    `sha256:${hash}`,
  );
});
