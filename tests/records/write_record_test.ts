import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { addRecord } from "../../lib/records/add_record.ts";
import { leftOutNote } from "../../lib/records/left_out_note.ts";
import { listRecords } from "../../lib/records/list_records.ts";
import { readRecord } from "../../lib/records/read_record.ts";
import type { RunRecord } from "../../lib/records/schema.ts";
import { writeRecord } from "../../lib/records/write_record.ts";
import { sampleRecord } from "./sample_record.ts";

/** Runs a test in a folder of its own. */
async function inFolder(
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function list(folder: string): Promise<string[]> {
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  return names.sort();
}

Deno.test("writeRecord() writes what readRecord() reads, to six digits", async () => {
  await inFolder(async (root) => {
    const folder = join(root, "runs");
    const path = await writeRecord(sampleRecord(), folder);
    assertEquals(path, join(folder, "cifar10-resnet-20-study-seed0.json"));
    assertEquals(await list(folder), ["cifar10-resnet-20-study-seed0.json"]);

    const expected = sampleRecord();
    expected.curves.train[0]!.loss = 0.666667;
    expected.wallTimeSeconds = 1234.57;
    expected.millisecondsPerStep = 617.284;
    assertEquals(await readRecord(path), expected);
  });
});

Deno.test("writeRecord() writes each point on one line", async () => {
  await inFolder(async (folder) => {
    const path = await writeRecord(sampleRecord(), folder);
    const text = await Deno.readTextFile(path);
    const lines = text.split("\n");
    assertEquals(lines[0], "{");
    assertEquals(lines.slice(-2), ["}", ""]);
    const start = lines.indexOf('    "train": [');
    assertEquals(lines.slice(start, start + 7), [
      '    "train": [',
      '      { "step": 100, "loss": 0.666667, "error": 24.5 },',
      '      { "step": 200, "loss": 0.25, "error": 10 }',
      "    ],",
      '    "test": [',
      '      { "step": 200, "loss": 0.5, "error": 18.25 }',
      "    ]",
    ]);
  });
});

Deno.test("writeRecord() writes the same text for what it has read", async () => {
  await inFolder(async (folder) => {
    const path = await writeRecord(sampleRecord(), folder);
    const text = await Deno.readTextFile(path);
    await writeRecord(await readRecord(path), folder);
    assertEquals(await Deno.readTextFile(path), text);
  });
});

Deno.test("writeRecord() keeps whole numbers and settings whole", async () => {
  await inFolder(async (folder) => {
    const record = sampleRecord();
    record.hardware.memoryBytes = 25_276_514_304;
    record.hyperparameters.weightDecay = 1e-7;
    record.hyperparameters.learningRate = 0.1 / 3;
    record.curves = { train: [], test: [] };
    record.notes = ['Quotes " and ß and \n.'];
    const path = await writeRecord(record, folder);
    const { hardware, hyperparameters, curves, notes } = await readRecord(path);
    assertEquals(hardware, record.hardware);
    assertEquals(hyperparameters, record.hyperparameters);
    assertEquals(curves, record.curves);
    assertEquals(notes, record.notes);
  });
});

Deno.test("writeRecord() writes nothing if the record is wrong", async () => {
  await inFolder(async (folder) => {
    const record: RunRecord = { ...sampleRecord(), seed: NaN };
    await assertRejects(
      () => writeRecord(record, folder),
      TypeError,
      'The record "cifar10-resnet-20-study-seed0" is not a lab record:\n  seed: ',
    );
    assertEquals(await list(folder), []);
  });
});

Deno.test("readRecord() names a file that is no JSON", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.json");
    await Deno.writeTextFile(path, '{ "schema": 1,');
    await assertRejects(
      () => readRecord(path),
      TypeError,
      `${path} is not JSON: `,
    );
  });
});

Deno.test("readRecord() names a file that has another record's name", async () => {
  await inFolder(async (folder) => {
    const written = await writeRecord(sampleRecord(), folder);
    const path = join(folder, "other.json");
    await Deno.rename(written, path);
    await assertRejects(
      () => readRecord(path),
      TypeError,
      `Expected the id of ${path} to be "other" but found ` +
        '"cifar10-resnet-20-study-seed0"',
    );
  });
});

Deno.test("listRecords() reads all records in the order of their names", async () => {
  await inFolder(async (folder) => {
    for (const id of ["b", "c", "a"]) {
      await writeRecord({ ...sampleRecord(), id }, folder);
    }
    await Deno.writeTextFile(join(folder, "README.md"), "no record");
    const records = await listRecords(folder);
    assertEquals(records.map(({ id }) => id), ["a", "b", "c"]);
  });
});

Deno.test("listRecords() names the file that is no record, and goes on", async () => {
  await inFolder(async (folder) => {
    const { id } = sampleRecord();
    await writeRecord(sampleRecord(), folder);
    const [wrong, renamed] = ["wrong.json", `${id} (1).json`]
      .map((name) => join(folder, name));
    await Deno.writeTextFile(wrong!, "{}");
    await Deno.copyFile(join(folder, `${id}.json`), renamed!);
    const refused: string[] = [];
    const records = await listRecords(folder, (path, error) => {
      refused.push(path);
      assertStringIncludes(error.message, path);
    });
    assertEquals(records.map((record) => record.id), [id]);
    assertEquals(refused.toSorted(), [wrong, renamed].toSorted());
  });
});

Deno.test("listRecords() finds none where no folder is", async () => {
  await inFolder(async (folder) => {
    assertEquals(await listRecords(join(folder, "none")), []);
  });
});

Deno.test("listRecords() reads the project's own records", async () => {
  const records = await listRecords();
  assertEquals(
    records.map(({ id }) => id),
    [...new Set(records.map(({ id }) => id))].sort(),
  );
});

Deno.test("addRecord() gives each record a file of its own, also at once", async () => {
  await inFolder(async (folder) => {
    const ids = [0, 1, 2, 3].map(async (seed) => {
      const added = await addRecord({ ...sampleRecord(), seed }, folder);
      assertEquals((await readRecord(added.path)).seed, seed);
      return added.record.id;
    });
    assertEquals(new Set(await Promise.all(ids)).size, 4);
    const seeds = (await listRecords(folder)).map(({ seed }) => seed);
    assertEquals(seeds.sort(), [0, 1, 2, 3]);
    // Nothing else is left.
    assertEquals((await list(folder)).length, 4);
  });
});

Deno.test("addRecord() replaces what the same run left, and nothing else", async () => {
  await inFolder(async (folder) => {
    const resumed = { resumed: true };
    const [one, other] = ["1", "2"].map((digit) => ({
      ...sampleRecord(),
      stoppedBy: "user" as const,
      identity: `sha256:${digit.repeat(64)}`,
    }));
    const notesOf = (first: string, second: string, leftOut: string[]) => [
      ...[first, second, leftOutNote(leftOut)],
    ];
    const first = await addRecord(
      { ...one!, notes: notesOf("a", "b", ["train/cat/1.jpg"]) },
      folder,
    );
    const all = ["train/cat/1.jpg", "train/cat/2.jpg"];
    const again = await addRecord(
      { ...one!, notes: notesOf("b", "c", all) },
      ...[folder, resumed] as const,
    );
    assertEquals(again.path, first.path);
    const { notes } = await readRecord(first.path);
    // What was left out is counted once.
    assertEquals(notes, ["a", "b", "c", leftOutNote(all)]);
    // Another run of its name, and the same one begun anew.
    const { record } = await addRecord(other!, folder, resumed);
    assertEquals(record.id, `${one!.id}-2`);
    assertEquals((await addRecord(one!, folder)).record.id, `${one!.id}-3`);
    // One that went to its end stays as it is, too.
    const end = { ...one!, stoppedBy: "steps" as const };
    const whole = await addRecord(end, folder, resumed);
    assertEquals(whole.path, first.path);
    const more = await addRecord(one!, folder, resumed);
    assertEquals(more.record.id, `${one!.id}-3`);
    await Deno.writeTextFile(first.path, "no record");
    const { path } = await addRecord(one!, folder, resumed);
    assertEquals(await Deno.readTextFile(first.path), "no record");
    assertEquals((await readRecord(path)).identity, one!.identity);
  });
});

Deno.test("addRecord() leaves no name taken by a record that is wrong", async () => {
  await inFolder(async (folder) => {
    await assertRejects(
      () => addRecord({ ...sampleRecord(), seed: NaN }, folder),
      TypeError,
    );
    assertEquals(await list(folder), []);
  });
});
