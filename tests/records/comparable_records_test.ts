import { assertEquals } from "@std/assert";
import { comparableRecords } from "../../lib/records/comparable_records.ts";
import type { RunRecord } from "../../lib/records/schema.ts";
import { sampleRecord } from "./sample_record.ts";

const WANTED = {
  networks: ["plain-20", "plain-56"],
  preset: "study",
  data: "CIFAR-10",
} as const;

/** A record that is right but for what is given. */
function record(
  id: string,
  name: string,
  day: number,
  rate: number,
  changes: Partial<RunRecord> = {},
): RunRecord {
  const sample = sampleRecord();
  return {
    ...sample,
    id,
    createdAt: `2026-01-0${day}T00:00:00.000Z`,
    network: { ...sample.network, name },
    hyperparameters: { ...sample.hyperparameters, learningRate: rate },
    ...changes,
  };
}

function found(records: RunRecord[]): string[] {
  return comparableRecords(records, WANTED).map(({ id }) => id);
}

Deno.test("comparableRecords() takes the newest set by one recipe", () => {
  const old = [
    record("a", "plain-56", 1, 0.1),
    record("b", "plain-20", 2, 0.1),
  ];
  assertEquals(found(old), ["b", "a"]);
  // Half a newer set is no comparison; a whole one is.
  const half = record("c", "plain-20", 3, 0.025);
  assertEquals(found([...old, half]), ["b", "a"]);
  const rest = record("d", "plain-56", 4, 0.025);
  assertEquals(found([rest, ...old, half]), ["c", "d"]);
  assertEquals(found([half]), ["c"]);
});

Deno.test("comparableRecords() takes a network's newest run, and no other seed", () => {
  const one = record("a", "plain-20", 1, 0.1);
  const again = record("b", "plain-20", 2, 0.1);
  const seeded = record("c", "plain-20", 3, 0.1, { seed: 1 });
  const deep = record("d", "plain-56", 1, 0.1);
  assertEquals(found([again, one, seeded, deep]), ["b", "d"]);
});

Deno.test("comparableRecords() leaves out what is no such run", () => {
  const { data } = sampleRecord();
  assertEquals(
    found([
      record("a", "plain-20", 1, 0.1, { stoppedBy: "user" }),
      record("b", "plain-20", 1, 0.1, { preset: "custom" }),
      record("c", "plain-20", 1, 0.1, { startedFrom: "another" }),
      record("d", "plain-20", 1, 0.1, { data: { ...data, name: "other" } }),
      record("e", "ResNet-20", 1, 0.1),
    ]),
    [],
  );
});
