import { assertEquals, assertRejects } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { openSafetensors } from "../../lib/weights/read_safetensors.ts";
import {
  float32Tensor,
  type StoredTensor,
} from "../../lib/weights/stored_tensor.ts";
import { writeSafetensors } from "../../lib/weights/write_safetensors.ts";
import { filesIn, inFolder } from "./in_folder.ts";

const EVERY_TYPE = fromFileUrl(
  new URL("every_type.safetensors", import.meta.url),
);

function one(changes: Partial<StoredTensor> = {}): StoredTensor {
  return { ...float32Tensor("a", [2], Float32Array.of(1, 2)), ...changes };
}

Deno.test("writeSafetensors() writes each byte as the Python package does", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    using file = await openSafetensors(EVERY_TYPE);
    const tensors = (await Array.fromAsync(file)).reverse();
    await writeSafetensors(path, tensors, { metadata: file.metadata });
    assertEquals(await Deno.readFile(path), await Deno.readFile(EVERY_TYPE));
    assertEquals(await filesIn(folder), ["a.safetensors"]);
  });
});

Deno.test("writeSafetensors() writes files that hold little", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    await writeSafetensors(path, []);
    const bytes = await Deno.readFile(path);
    assertEquals(new TextDecoder().decode(bytes.subarray(8)), "{}      ");
    const metadata = new Map([["b", ""], ["", "ä"]]);
    await writeSafetensors(path, [], { metadata });
    using file = await openSafetensors(path);
    assertEquals([...file.metadata], [["", "ä"], ["b", ""]]);
  });
});

Deno.test("float32Tensor() takes part of an array", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const values = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    await writeSafetensors(path, [float32Tensor("a", [2], values)]);
    using file = await openSafetensors(path);
    const { bytes } = await file.read("a");
    assertEquals(bytes, new Uint8Array(Float32Array.of(1, 2).buffer));
  });
});

/** What is wrong, the tensors, the metadata and how the error ends. */
const WRONG: [string, StoredTensor[], [string, string][], string][] = [
  [
    "one name twice",
    [one(), one()],
    [],
    'Expected one tensor "a" but found two',
  ],
  [
    "too few bytes",
    [one({ shape: [2, 2] })],
    [],
    'Expected tensor "a" of dtype F32 and shape [2,2] to have 16 bytes but found 8',
  ],
  [
    "a shape of a fraction",
    [one({ shape: [0.5, 4] })],
    [],
    'Expected tensor "a" to have a shape of whole numbers from 0 up but found [0.5,4]',
  ],
  ...["__metadata__", "__proto__"].map((
    name,
  ): [string, StoredTensor[], [string, string][], string] => [
    `the name ${name}`,
    [one({ name })],
    [],
    `Expected a tensor to have a name of its own but found "${name}"`,
  ]),
  [
    "a name that is no text",
    [one({ name: "a\ud800" })],
    [],
    'Expected Unicode text but found "a\\ud800"',
  ],
  [
    "metadata that is no text",
    [],
    [["a", "\udc00"]],
    'Expected Unicode text but found "\\udc00"',
  ],
];

for (const [what, tensors, metadata, expected] of WRONG) {
  Deno.test(`writeSafetensors() writes nothing of ${what}`, async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "a.safetensors");
      await Deno.writeTextFile(path, "as it was");
      await assertRejects(
        () => writeSafetensors(path, tensors, { metadata: new Map(metadata) }),
        TypeError,
        expected,
      );
      assertEquals(await Deno.readTextFile(path), "as it was");
      assertEquals(await filesIn(folder), ["a.safetensors"]);
    });
  });
}

Deno.test("writeSafetensors() leaves nothing if the file cannot be written", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "folder");
    await Deno.mkdir(path);
    await assertRejects(() => writeSafetensors(path, [one()]));
    assertEquals(await filesIn(folder), ["folder"]);
  });
});

Deno.test("writeSafetensors() writes no more than openSafetensors() reads", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const many = (length: number) =>
      Array.from({ length }, (_, i) => one({ name: `${i}` }));
    const words = (length: number) =>
      new Map(Array.from({ length }, (_, i) => [`${i}`, ""] as const));
    const shape = (length: number) => [2, ...Array(length - 1).fill(1)];
    for (
      const [tensors, metadata, expected] of [
        [many(100_000), words(1), "tensors and metadata but found 100001"],
        [many(100_001), words(0), "tensors and metadata but found 100001"],
        [[], words(100_001), "words of metadata but found 100001"],
        [[one({ shape: shape(9) })], words(0), "8 dimensions but found 9"],
        [
          [one({ name: "n".repeat(2 ** 24) })],
          words(0),
          "at most 16777216 bytes",
        ],
      ] as const
    ) {
      await assertRejects(
        () => writeSafetensors(path, tensors, { metadata }),
        TypeError,
        expected,
      );
    }
    assertEquals(await filesIn(folder), []);
    await writeSafetensors(path, [...many(99_998), one({ shape: shape(8) })], {
      metadata: words(100_000),
    });
    using file = await openSafetensors(path);
    assertEquals(file.tensors.size, 99_999);
    assertEquals(file.metadata.size, 100_000);
    assertEquals(file.tensors.get("a")?.shape.length, 8);
  });
});
