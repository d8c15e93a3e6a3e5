import { assertEquals, assertRejects } from "@std/assert";
import { encodeHex } from "@std/encoding";
import { join } from "@std/path";
import { readCifarFile } from "../../lib/data/cifar_file.ts";

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
    const file = { count: 10_000, sha256: checksum };
    const kinds = { classes: [10], taken: 0 };
    await readCifarFile(path, file, kinds, images, labels);
    return { images, labels };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readCifarFile() turns planes into pixels", async () => {
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

Deno.test("readCifarFile() names a file that is not there", async () => {
  await assertRejects(
    () => readBatch(null, ZEROS),
    Error,
    "batch.bin but found none",
  );
});

Deno.test("readCifarFile() names a file that is cut", async () => {
  await assertRejects(
    () => readBatch(new Uint8Array(10_000 * RECORD - 1), ZEROS),
    Error,
    "batch.bin to have 30730000 bytes but found 30729999",
  );
});

Deno.test("readCifarFile() names a file with a label above 9", async () => {
  const content = new Uint8Array(10_000 * RECORD);
  content[9_999 * RECORD] = 10;
  await assertRejects(
    () => readBatch(content, ZEROS),
    Error,
    "batch.bin to be 0 to 9 but found 10 in record 9999",
  );
});

Deno.test("readCifarFile() names a file whose pixels were altered", async () => {
  await assertRejects(
    () => readBatch(new Uint8Array(10_000 * RECORD), ZEROS),
    Error,
    `batch.bin to have SHA-256 ${ZEROS} but found`,
  );
});

/** Three records of CIFAR-100's kind: two labels, then planes of one value. */
function hundredFile(labels: readonly [coarse: number, fine: number][]) {
  const records = labels.map(([coarse, fine], i) => {
    const record = new Uint8Array(3074).fill(10 * i, 2);
    record.set([coarse, fine]);
    return [...record];
  });
  return Uint8Array.from(records.flat());
}

Deno.test("readCifarFile() takes the kind of label that it is told to", async () => {
  const content = hundredFile([[3, 97], [19, 0], [0, 45]]);
  const digest = await crypto.subtle.digest("SHA-256", content);
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, content);
  const file = { count: 3, sha256: encodeHex(digest) };
  const images = new Uint8Array(3 * 3072);
  for (const [taken, wanted] of [[3, 19, 0], [97, 0, 45]].entries()) {
    const labels = new Uint8Array(3);
    const kinds = { classes: [20, 100], taken };
    await readCifarFile(path, file, kinds, images, labels);
    assertEquals([...labels], wanted);
    assertEquals([images[3071], images[3072], images[9215]], [0, 10, 20]);
  }
  await Deno.remove(path);
});

Deno.test("readCifarFile() checks the labels that it does not take too", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, hundredFile([[3, 97], [20, 0]]));
  await assertRejects(
    () =>
      readCifarFile(
        path,
        { count: 2, sha256: ZEROS },
        { classes: [20, 100], taken: 1 },
        new Uint8Array(2 * 3072),
        new Uint8Array(2),
      ),
    Error,
    "to be 0 to 19 but found 20 in record 1",
  );
  await Deno.remove(path);
});
