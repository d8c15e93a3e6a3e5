import { assertEquals, assertRejects } from "@std/assert";
import { encodeHex } from "@std/encoding";
import { join } from "@std/path";
import { readCifar10Batch } from "../../lib/data/cifar10_batch.ts";

const RECORD = 3073;
const ZEROS = "0".repeat(64);

/** Reads a file of this content, which should have this SHA-256. */
async function readBatch(content: Uint8Array | null, checksum: string) {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "batch.bin");
  const images = new Uint8Array(10_000 * 3072);
  const labels = new Uint8Array(10_000);
  try {
    if (content) await Deno.writeFile(path, content);
    await readCifar10Batch(path, checksum, images, labels);
    return { images, labels };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readCifar10Batch() turns planes into pixels", async () => {
  const content = new Uint8Array(10_000 * RECORD);
  // Image 7: label 3; red counts columns, green counts rows, blue is 200.
  const start = 7 * RECORD;
  content[start] = 3;
  for (let row = 0; row < 32; row++) {
    for (let column = 0; column < 32; column++) {
      const pixel = start + 1 + row * 32 + column;
      content[pixel] = column;
      content[pixel + 1024] = row;
      content[pixel + 2048] = 200;
    }
  }
  const digest = await crypto.subtle.digest("SHA-256", content);
  const { images, labels } = await readBatch(content, encodeHex(digest));
  assertEquals([...labels.subarray(6, 9)], [0, 3, 0]);
  const image = images.subarray(7 * 3072, 8 * 3072);
  for (let row = 0; row < 32; row++) {
    for (let column = 0; column < 32; column++) {
      const pixel = image.subarray((row * 32 + column) * 3).subarray(0, 3);
      assertEquals([...pixel], [column, row, 200]);
    }
  }
  assertEquals(images.subarray(0, 7 * 3072).some((byte) => byte > 0), false);
});

Deno.test("readCifar10Batch() names a file that is not there", async () => {
  await assertRejects(
    () => readBatch(null, ZEROS),
    Error,
    "batch.bin but found none",
  );
});

Deno.test("readCifar10Batch() names a file that is cut", async () => {
  await assertRejects(
    () => readBatch(new Uint8Array(10_000 * RECORD - 1), ZEROS),
    Error,
    "batch.bin to have 30730000 bytes but found 30729999",
  );
});

Deno.test("readCifar10Batch() names a file with a label above 9", async () => {
  const content = new Uint8Array(10_000 * RECORD);
  content[9_999 * RECORD] = 10;
  await assertRejects(
    () => readBatch(content, ZEROS),
    Error,
    "batch.bin to be 0 to 9 but found 10 in record 9999",
  );
});

Deno.test("readCifar10Batch() names a file whose pixels were altered", async () => {
  await assertRejects(
    () => readBatch(new Uint8Array(10_000 * RECORD), ZEROS),
    Error,
    `batch.bin to have SHA-256 ${ZEROS} but found`,
  );
});
