import { assertEquals, assertRejects } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { openSafetensors } from "../../lib/weights/read_safetensors.ts";
import { toFloat32 } from "../../lib/weights/to_float32.ts";
import { inFolder } from "./in_folder.ts";
import { entry, rawFile } from "./raw_file.ts";

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

const TWO = { a: entry(), b: entry({ data_offsets: [8, 16] }) };

/** What is wrong, the file's bytes, and how its error ends. */
const WRONG: [string, Uint8Array, string][] = [
  ["too short", new Uint8Array(7), "FILE to have at least 8 bytes but found 7"],
  [
    "of a huge header",
    rawFile("{}", 0, 2n ** 64n - 1n),
    "the header of FILE to have at most 100000000 bytes but found a length of 18446744073709551615",
  ],
  [
    "of a header just too long",
    rawFile("{}", 0, 100_000_001n),
    "to have at most 100000000 bytes but found a length of 100000001",
  ],
  [
    "cut within the header",
    rawFile("{}", 0, 3n),
    "the header of FILE to end within the 2 bytes after its length but found a length of 3",
  ],
  [
    "not UTF-8",
    rawFile(Uint8Array.of(0x7b, 0xff, 0x7d)),
    "the header of FILE to be UTF-8 text but found other bytes",
  ],
  [
    "without a header",
    rawFile(""),
    'the header of FILE to be a JSON object but found ""',
  ],
  [
    "of a list",
    rawFile("[1]"),
    'the header of FILE to be a JSON object but found "[1]"',
  ],
  [
    "after a byte order mark",
    rawFile("\ufeff{}"),
    'the header of FILE to be a JSON object but found "\ufeff{}"',
  ],
  [
    "cut in its JSON",
    rawFile('{"a":'),
    "the header of FILE to be JSON but found an error: ",
  ],
  [
    "of two objects",
    rawFile("{}{}"),
    "the header of FILE to be JSON but found an error: ",
  ],
  [
    "of a bad key",
    rawFile('{"\\x":1}'),
    "the header of FILE to be JSON but found an error: ",
  ],
  [
    "of one name twice",
    rawFile(
      `{"a":${JSON.stringify(entry())},"\\u0061":${JSON.stringify(entry())}}`,
      8,
    ),
    'to be an object of tensors but found the key "a" twice',
  ],
  [
    "of a key twice in a tensor",
    rawFile(
      '{"a":{"dtype":"F32","dtype":"U8","shape":[2],"data_offsets":[0,8]}}',
      8,
    ),
    'but found the key "dtype" twice',
  ],
  [
    "nested deeply",
    rawFile(`{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`),
    "to be an object of tensors but found more than 8 levels",
  ],
  [
    "of too many keys",
    rawFile(`{${Array.from({ length: 1_000_001 }, (_, i) => `"${i}":1`)}}`),
    "to be an object of tensors but found more than 1000000 keys",
  ],
  [
    "of a tensor that is none",
    rawFile({ a: [1] }),
    'tensor "a" of FILE to be an object but found [1]',
  ],
  [
    "of an unknown dtype",
    rawFile({ a: entry({ dtype: "F7" }) }, 8),
    'tensor "a" of FILE to have a dtype of I64, F64, F32, I32, BF16, F16, I16, I8, U8, BOOL but found "F7"',
  ],
  [
    "of a dtype that an object inherits",
    rawFile({ a: entry({ dtype: "toString" }) }, 8),
    'but found "toString"',
  ],
  [
    "without a dtype",
    rawFile({ a: entry({ dtype: undefined }) }, 8),
    "BOOL but found none",
  ],
  ...[-1, 0.5, "2", null, 2 ** 53, [2]].map((
    length,
  ): [string, Uint8Array, string] => [
    `of a shape of ${JSON.stringify(length)}`,
    rawFile({ a: entry({ shape: [length] }) }, 8),
    `tensor "a" of FILE to have a shape of whole numbers from 0 up but found [${
      JSON.stringify(length)
    }]`,
  ]),
  [
    "of a shape that is no list",
    rawFile({ a: entry({ shape: { length: 0 } }) }, 8),
    'from 0 up but found {"length":0}',
  ],
  [
    "of a shape beyond all numbers",
    rawFile({ a: entry({ shape: [2 ** 40, 2 ** 40] }) }, 8),
    'tensor "a" of FILE to have at most 9007199254740991 bytes but found dtype F32 and shape [1099511627776,1099511627776]',
  ],
  ...[[0], [0, 8, 8], [-8, 0], [0, 8.5], "08", null].map((
    offsets,
  ): [string, Uint8Array, string] => [
    `of offsets ${JSON.stringify(offsets)}`,
    rawFile({ a: entry({ data_offsets: offsets }) }, 8),
    `tensor "a" of FILE to have data_offsets of two whole numbers but found ${
      JSON.stringify(offsets)
    }`,
  ]),
  ...[[0, 4], [0, 16], [8, 0]].map((
    offsets,
  ): [string, Uint8Array, string] => [
    `of offsets ${JSON.stringify(offsets)} for 8 bytes`,
    rawFile({ a: entry({ data_offsets: offsets }) }, 16),
    `tensor "a" of FILE to have data_offsets 8 bytes apart, for dtype F32 and shape [2], but found ${
      JSON.stringify(offsets)
    }`,
  ]),
  [
    "cut within the data",
    rawFile(TWO, 15),
    'tensor "b" of FILE to end within the 15 bytes of data but found its end at 16',
  ],
  [
    "with an overlap",
    rawFile({ ...TWO, b: entry({ data_offsets: [4, 12] }) }, 12),
    'tensor "b" of FILE to begin at byte 8, where the one before it ends, but found an overlap: it begins at 4',
  ],
  [
    "of one range twice",
    rawFile({ a: entry(), b: entry() }, 8),
    'tensor "b" of FILE to begin at byte 8, where the one before it ends, but found an overlap: it begins at 0',
  ],
  [
    "with a hole",
    rawFile({ ...TWO, b: entry({ data_offsets: [12, 20] }) }, 20),
    'tensor "b" of FILE to begin at byte 8, where the one before it ends, but found a hole: it begins at 12',
  ],
  [
    "with a hole at the start",
    rawFile({ a: entry({ data_offsets: [4, 12] }) }, 12),
    'tensor "a" of FILE to begin at byte 0, where the one before it ends, but found a hole: it begins at 4',
  ],
  [
    "with bytes that nothing owns",
    rawFile(TWO, 17),
    "FILE to end with its last tensor's bytes but found 1 more",
  ],
  [
    "of a tensor called __proto__",
    rawFile(`{"__proto__":${JSON.stringify(entry())}}`, 8),
    'tensor "__proto__" of FILE to have another name but found this one',
  ],
  [
    "of metadata that is no object",
    rawFile({ __metadata__: "pt" }),
    '__metadata__ of FILE to be an object but found "pt"',
  ],
  [
    "of metadata that is no text",
    rawFile({ __metadata__: { format: 1 } }),
    '"format" in __metadata__ of FILE to be a string but found 1',
  ],
];

for (const [what, bytes, expected] of WRONG) {
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
