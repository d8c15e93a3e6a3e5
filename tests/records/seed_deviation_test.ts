import { assertEquals } from "@std/assert";
import type { RunRecord } from "../../lib/records/schema.ts";
import { seedDeviation } from "../../lib/records/seed_deviation.ts";
import { sampleRecord } from "./sample_record.ts";

function run(
  name: string,
  seed: number,
  testError: number,
  steps = 2000,
): RunRecord {
  const sample = sampleRecord();
  return {
    ...sample,
    network: { ...sample.network, name },
    seed,
    stoppedBy: "steps",
    hyperparameters: { ...sample.hyperparameters, steps },
    final: { ...sample.final, testError },
  };
}

Deno.test("seedDeviation() pools networks of the same images and recipe", () => {
  const like = run("c", 0, 50);
  const records = [
    ...[run("a", 0, 36), run("a", 1, 38)],
    ...[run("b", 0, 40), run("b", 1, 42)],
    ...[like, run("a", 0, 10, 9000), run("a", 1, 30, 9000)],
  ];
  // By hand: (36 - 37)^2 + (38 - 37)^2 + 1 + 1, over 1 + 1.
  assertEquals(seedDeviation(records, like), Math.sqrt(2));
  assertEquals(
    seedDeviation(records, like, ({ final }) => 2 * final.testError),
    Math.sqrt(8),
  );
  // Their runs under another name add nothing.
  const renamed = records.slice(0, 2).map((record) => ({
    ...record,
    network: { ...record.network, name: "z" },
  }));
  assertEquals(seedDeviation([...records, ...renamed], like), Math.sqrt(2));
  const elsewhere = { ...like, data: { ...like.data, checksum: "sha256:0" } };
  assertEquals(seedDeviation(records, elsewhere), null);
  assertEquals(seedDeviation([like], like), null);
  assertEquals(seedDeviation(records, undefined), null);
});
