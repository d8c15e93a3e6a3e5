import { assertEquals } from "@std/assert";
import { comparableSeeds } from "../../lib/records/comparable_seeds.ts";
import { listRecords } from "../../lib/records/list_records.ts";
import { meanAndSpread } from "../../lib/records/mean_and_spread.ts";
import type { RunRecord } from "../../lib/records/schema.ts";

const [template] = await listRecords();

interface Given {
  readonly seed?: number;
  readonly steps?: number;
  readonly batchSize?: number;
  readonly testError?: number;
  readonly createdAt?: string;
  readonly preset?: RunRecord["preset"];
  readonly stoppedBy?: RunRecord["stoppedBy"];
}

function record(name: string, given: Given = {}): RunRecord {
  const { seed = 0, steps = 2000, batchSize = 32, testError = 40 } = given;
  const { createdAt = "2026-01-01T00:00:00.000Z" } = given;
  const { preset = "custom", stoppedBy = "steps" } = given;
  return {
    ...template!,
    id: `${name} ${seed} ${steps} ${createdAt}`,
    ...{ seed, createdAt, preset, stoppedBy },
    data: { ...template!.data, name: "CIFAR-10" },
    network: { ...template!.network, name },
    hyperparameters: { ...template!.hyperparameters, steps, batchSize },
    final: { ...template!.final, testError },
  };
}

Deno.test("comparableSeeds() takes no two networks of one name for one", () => {
  const old = record("a", { seed: 1 });
  const { length } = meanAndSpread(
    comparableSeeds([
      record("a", { createdAt: "2026-01-02T00:00:00.000Z" }),
      { ...old, network: { ...old.network, parameters: 1 } },
    ], wanted)[0]!,
  ).values;
  assertEquals(length, 1);
});

const wanted = { networks: ["a", "b", "c"], data: "CIFAR-10" };

const found = (records: RunRecord[]) =>
  comparableSeeds(records, wanted).map((runs) =>
    runs.map(({ network, seed, hyperparameters: { steps } }) =>
      `${network.name} ${seed} ${steps}`
    )
  );

Deno.test("comparableSeeds() has each network's runs by seed, in order", () => {
  const records = [
    record("c"),
    record("a", { seed: 1 }),
    record("a"),
    record("other"),
  ];
  assertEquals(found(records), [["a 0 2000", "a 1 2000"], ["c 0 2000"]]);
  assertEquals(found([]), []);
});

Deno.test("comparableSeeds() takes the set of most networks, then of the longest runs", () => {
  const long = record("a", { steps: 4000 });
  const steps = record("a", { steps: 6000, batchSize: 8 });
  assertEquals(found([steps, long]), [["a 0 4000"]]);
  assertEquals(found([record("a"), long]), [["a 0 4000"]]);
  assertEquals(found([long, record("a"), record("b")]), [
    ["a 0 2000"],
    ["b 0 2000"],
  ]);
});

Deno.test("comparableSeeds() takes the newest of sets as long", () => {
  const [createdAt, later] = ["2026-02-01T00:00:00.000Z", "2026-03"];
  const smaller = { steps: 4000, batchSize: 16 };
  const records = [record("a", { createdAt }), record("a", smaller)];
  assertEquals(found(records), [["a 0 2000"]]);
  const newest = record("a", { ...smaller, createdAt: later });
  assertEquals(found([...records, newest]), [["a 0 4000"]]);
});

Deno.test("comparableSeeds() leaves out runs that are not such", () => {
  const others = [
    record("a", { preset: "smoke" }),
    record("b", { stoppedBy: "user" }),
    { ...record("c"), startedFrom: "a checkpoint" },
    { ...record("c"), data: { ...template!.data, name: "CIFAR-100" } },
  ];
  assertEquals(found(others), []);
  const short = [record("a", { steps: 60 }), record("b", { steps: 60 })];
  const options = { ...wanted, leastSteps: 1000 };
  assertEquals(comparableSeeds(short, options), []);
  assertEquals(
    comparableSeeds([...short, record("a")], options)[0]?.[0]?.hyperparameters
      .steps,
    2000,
  );
});

Deno.test("comparableSeeds() takes the newest run of a seed, for meanAndSpread()", () => {
  const newer = "2026-02-01T00:00:00.000Z";
  const [runs] = comparableSeeds([
    record("a", { testError: 99 }),
    record("a", { testError: 30, createdAt: newer }),
    record("a", { seed: 1, testError: 40 }),
  ], wanted);
  assertEquals(meanAndSpread(runs!).values, [30, 40]);
});
