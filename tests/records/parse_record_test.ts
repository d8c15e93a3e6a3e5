import { assertEquals, assertThrows } from "@std/assert";
import { parseRecord } from "../../lib/records/parse_record.ts";
import type { RunRecord } from "../../lib/records/schema.ts";
import { sampleRecord } from "./sample_record.ts";

/** A record with one field changed, with no regard to its type. */
function changed(path: (string | number)[], value: unknown): unknown {
  const record = sampleRecord();
  let part: object = record;
  for (const key of path.slice(0, -1)) part = Reflect.get(part, key);
  Reflect.set(part, path.at(-1)!, value);
  return record;
}

Deno.test("parseRecord() returns a record that is right", () => {
  const record = sampleRecord();
  assertEquals(parseRecord(record, "a"), record);
});

Deno.test("parseRecord() takes a record without what is optional", () => {
  const { hyperparameters, ...rest } = sampleRecord();
  const { warmup: _, ...withoutWarmup } = hyperparameters;
  const record: RunRecord = { ...rest, hyperparameters: withoutWarmup };
  assertEquals(parseRecord(record, "a"), record);
});

const WRONG: [field: string, path: (string | number)[], value: unknown][] = [
  ["schema", ["schema"], 2],
  ["id", ["id"], "../elsewhere"],
  ["id", ["id"], "Upper case"],
  ["createdAt", ["createdAt"], "yesterday"],
  ["network.depth", ["network", "depth"], 20.5],
  ["network.parameters", ["network", "parameters"], 0],
  ["network.name", ["network", "name"], ""],
  ["data.checksum", ["data", "checksum"], "md5:00"],
  ["seed", ["seed"], -1],
  ["seed", ["seed"], 2 ** 32],
  ["preset", ["preset"], "fast"],
  ["hyperparameters.batchSize", ["hyperparameters", "batchSize"], "128"],
  ["hyperparameters.momentum", ["hyperparameters", "momentum"], 1],
  ["hyperparameters.weightDecay", ["hyperparameters", "weightDecay"], -1e-4],
  [
    "hyperparameters.schedule[1].learningRate",
    ["hyperparameters", "schedule", 1, "learningRate"],
    0,
  ],
  [
    "hyperparameters.schedule",
    ["hyperparameters", "schedule", 1, "step"],
    0,
  ],
  [
    "hyperparameters.warmup",
    ["hyperparameters", "warmup"],
    { learningRate: 0.01 },
  ],
  ["hardware.cores", ["hardware", "cores"], 0],
  ["hardware.gpu", ["hardware", "gpu"], undefined],
  ["curves.train[1].error", ["curves", "train", 1, "error"], 100.5],
  ["curves.train[0].loss", ["curves", "train", 0, "loss"], NaN],
  ["curves.train", ["curves", "train", 1, "step"], 100],
  ["curves.test[0].loss", ["curves", "test", 0, "loss"], Infinity],
  ["final.testError", ["final", "testError"], -1],
  ["final.testError", ["final", "testError"], null],
  ["wallTimeSeconds", ["wallTimeSeconds"], undefined],
  ["stoppedBy", ["stoppedBy"], "magic"],
  ["notes[0]", ["notes", 0], 3],
];

for (const [field, path, value] of WRONG) {
  Deno.test(`parseRecord() names ${path.join(".")} if it is ${Deno.inspect(value)}`, () => {
    const error: Error = assertThrows(
      () => parseRecord(changed(path, value), "some.json"),
      TypeError,
    );
    const [first, second, ...more] = error.message.split("\n");
    assertEquals(first, "some.json is not a lab record:");
    assertEquals(second!.slice(0, field.length + 4), `  ${field}: `);
    assertEquals(more, []);
  });
}

Deno.test("parseRecord() names a field that it does not know", () => {
  assertThrows(
    () => parseRecord(changed(["final", "luck"], 7), "some.json"),
    TypeError,
    'final: Unrecognized key: "luck"',
  );
});

Deno.test("parseRecord() names all fields that are wrong", () => {
  const { id: _, ...record } = sampleRecord();
  const error: Error = assertThrows(
    () => parseRecord({ ...record, seed: 0.5 }, "some.json"),
    TypeError,
  );
  assertEquals(error.message.split("\n").length, 3);
});

Deno.test("parseRecord() throws on what is no object", () => {
  assertThrows(
    () => parseRecord([], "some.json"),
    TypeError,
    "the whole: Invalid input: expected object, received array",
  );
});
