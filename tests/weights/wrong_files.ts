import { entry, rawFile } from "./raw_file.ts";

/** Two tensors of 8 bytes each. */
export const TWO = { a: entry(), b: entry({ data_offsets: [8, 16] }) };

/** What is wrong with a file, its bytes, and what its error says. */
export const WRONG_FILES: [string, Uint8Array, string][] = [
  ["too short", new Uint8Array(7), "FILE to have at least 8 bytes but found 7"],
  [
    "of a huge header",
    rawFile("{}", 0, 2n ** 64n - 1n),
    "the header of FILE to have at most 16777216 bytes but found a length of 18446744073709551615",
  ],
  [
    "of a header just too long",
    rawFile("{}", 0, 16_777_217n),
    "to have at most 16777216 bytes but found a length of 16777217",
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
    rawFile(`{${Array.from({ length: 100_001 }, (_, i) => `"${i}":1`)}}`),
    "to be an object of tensors but found an object of more than 100000 keys",
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
    "of 9 dimensions",
    rawFile({ a: entry({ shape: [2, 1, 1, 1, 1, 1, 1, 1, 1] }) }, 8),
    'tensor "a" of FILE to have at most 8 dimensions but found 9',
  ],
  [
    // It is said so before the header is read as JSON, which this is not.
    "of millions of dimensions",
    rawFile(`{"a":{"shape":[${"1,".repeat(2_000_000)}`),
    "to be an object of tensors but found more than 1600000 values",
  ],
  [
    "of millions of objects",
    rawFile(`{"a":{"x":[${"{},".repeat(2_000_000)}`),
    "to be an object of tensors but found more than 1600000 values",
  ],
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
