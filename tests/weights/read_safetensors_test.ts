import { assertEquals, assertRejects } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { openSafetensors } from "../../lib/weights/read_safetensors.ts";
import { toFloat32 } from "../../lib/weights/to_float32.ts";
import { inFolder } from "./in_folder.ts";
import { entry, rawFile } from "./raw_file.ts";
import { TWO, WRONG_FILES } from "./wrong_files.ts";

/** Written by the Python package: see write_every_type.py. */
const EVERY_TYPE = fromFileUrl(
  new URL("every_type.safetensors", import.meta.url),
);

Deno.test("openSafetensors() reads what the Python package wrote", async () => {
  using file = await openSafetensors(EVERY_TYPE);
  assertEquals([...file.metadata], [["format", "pt"]]);
  const found = new Map<string, [string, readonly number[], number[]]>();
  for await (const tensor of file) {
    const values = [...toFloat32(tensor)];
    found.set(tensor.name, [tensor.dtype, tensor.shape, values]);
  }
  const types = ["F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8"];
  for (const type of types) {
    assertEquals(found.get(`b/${type}`), [type, [1, 3], [0, 1, -2]]);
  }
  // What is left of 0.1: 11 digits of a half number, 8 of a brain float.
  const fractions = [1638 * 2 ** -14, -65504, 2 ** -24];
  assertEquals(found.get("a.fraction"), ["F16", [3], fractions]);
  assertEquals(
    found.get("a.brain"),
    ["BF16", [3], [205 * 2 ** -11, -226 * 2 ** 120, Infinity]],
  );
  assertEquals(found.get("a.bytes"), ["U8", [2, 1], [0, 255]]);
  assertEquals(found.get("a.truth"), ["BOOL", [3], [1, 0, 1]]);
  assertEquals(found.get("10"), ["F32", [], [0.5]]);
  assertEquals(found.get("9"), ["F32", [2, 0, 3], []]);
  assertEquals(found.get('Gewicht ä😊\n"'), ["F32", [1], [3]]);
  assertEquals(found.size, 15);
});

Deno.test("SafetensorsFile.read() may be asked for several at once", async () => {
  using file = await openSafetensors(EVERY_TYPE);
  const names = ["b/I8", "b/F64", "none", "b/I64", "10"];
  const results = await Promise.allSettled(
    names.map((name) => file.read(name)),
  );
  assertEquals(
    results.map((result) =>
      result.status === "fulfilled"
        ? [...toFloat32(result.value)]
        : String(result.reason)
    ),
    [
      [0, 1, -2],
      [0, 1, -2],
      `Error: Expected tensor "none" in ${EVERY_TYPE} but found none`,
      [0, 1, -2],
      [0.5],
    ],
  );
});

Deno.test("toFloat32() takes bytes that begin anywhere", () => {
  for (const [dtype, size] of [["F64", 8], ["F32", 4], ["F16", 2]] as const) {
    const memory = new Uint8Array(size * 2 + 1);
    const bytes = memory.subarray(1);
    // The top bits of 1 and of -2, in each of the three.
    const [one, minusTwo] = {
      F64: [0x3ff0, 0xc000],
      F32: [0x3f80, 0xc000],
      F16: [0x3c00, 0xc000],
    }[dtype];
    const view = new DataView(memory.buffer, 1);
    view.setUint16(size - 2, one!, true);
    view.setUint16(2 * size - 2, minusTwo!, true);
    const tensor = { name: "a", dtype, shape: [2], bytes };
    assertEquals([...toFloat32(tensor)], [1, -2], dtype);
  }
});

Deno.test("openSafetensors() takes files that hold little", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    for (
      const [header, data, names] of [
        ["{}", 0, []],
        ["{}     \n", 0, []],
        [
          { toString: entry(), constructor: entry({ data_offsets: [8, 16] }) },
          16,
          [
            "toString",
            "constructor",
          ],
        ],
        // In any order, with empty tensors between, and with keys to come.
        [
          {
            c: entry({ data_offsets: [8, 16] }),
            empty: entry({ shape: [3, 0], data_offsets: [8, 8] }),
            a: entry({ newer: [[1]] }),
          },
          16,
          ["a", "empty", "c"],
        ],
      ] as const
    ) {
      await Deno.writeFile(path, rawFile(header, data));
      using file = await openSafetensors(path);
      assertEquals([...file.tensors.keys()], names);
      assertEquals(file.metadata.size, 0);
    }
  });
});

for (const [what, bytes, expected] of WRONG_FILES) {
  Deno.test(`openSafetensors() refuses a file ${what}`, async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "a.safetensors");
      await Deno.writeFile(path, bytes);
      const error = await assertRejects(
        () => openSafetensors(path),
        TypeError,
      ) as Error;
      const message = error.message.replaceAll(path, "FILE");
      assertEquals(message.slice(0, 9), "Expected ");
      assertEquals(message.includes(expected), true, message);
      assertEquals(message.includes("FILE"), true, message);
    });
  });
}

Deno.test("openSafetensors() shows little of what is long", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    await Deno.writeFile(path, rawFile({ ["n".repeat(1e6)]: 1 }));
    const error = await assertRejects(() => openSafetensors(path)) as Error;
    assertEquals(error.message.length < 300, true);
  });
});

Deno.test("openSafetensors() refuses what is no file", async () => {
  await inFolder(async (folder) => {
    await assertRejects(
      () => openSafetensors(folder),
      TypeError,
      `Expected ${folder} to be a file but found something else`,
    );
    await assertRejects(
      () => openSafetensors(join(folder, "none")),
      Deno.errors.NotFound,
    );
  });
});

Deno.test("SafetensorsFile.read() says that a file became shorter", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    await Deno.writeFile(path, rawFile(TWO, 16));
    using file = await openSafetensors(path);
    await Deno.truncate(path, 100);
    await assertRejects(
      () => file.read("b"),
      Error,
      `Expected ${path} to stay as it is while it is read but it became shorter`,
    );
  });
});
