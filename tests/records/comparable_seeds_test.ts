import { assertEquals } from "@std/assert";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { comparableSeeds } from "../../lib/records/comparable_seeds.ts";
import { meanAndSpread } from "../../lib/records/mean_and_spread.ts";
import type { RunRecord } from "../../lib/records/schema.ts";
import { sampleRecord } from "./sample_record.ts";

const WANTED = {
  networks: [cifarResNet({ depth: 20 }), cifarPlain({ depth: 20 })],
  preset: "study",
  data: "CIFAR-10",
} as const;

/** A record that is right but for what is given; `day` is when it was made. */
function record(
  id: string,
  name: string,
  seed: number,
  day: number,
  changes: Partial<RunRecord> = {},
): RunRecord {
  const sample = sampleRecord();
  return {
    ...sample,
    id,
    seed,
    createdAt: `2026-01-0${day}T00:00:00.000Z`,
    network: { ...sample.network, name },
    ...changes,
  };
}

function found(records: RunRecord[]): string[][] {
  return comparableSeeds(records, WANTED)
    .map(({ records }) => records.map(({ id }) => id));
}

Deno.test("comparableSeeds() takes the newest run of each seed, by seed", () => {
  const records = [
    record("b", "ResNet-20", 1, 1),
    record("a", "ResNet-20", 0, 2),
    record("old", "ResNet-20", 0, 1),
    record("c", "plain-20", 1, 1),
  ];
  assertEquals(found(records), [["a", "b"], ["c"]]);
  const [first] = comparableSeeds(records, WANTED);
  assertEquals(meanAndSpread(first!.records).runs, 2);
});

Deno.test("comparableSeeds() names networks without runs", () => {
  assertEquals(found([]), [[], []]);
  assertEquals(found([record("a", "plain-20", 0, 1)]), [[], ["a"]]);
  const [missing] = comparableSeeds([], WANTED);
  assertEquals(missing?.network.name, "ResNet-20");
});

Deno.test("comparableSeeds() takes the set of most networks, then of most runs, then the newest", () => {
  const { hyperparameters } = sampleRecord();
  const other = { hyperparameters: { ...hyperparameters, steps: 9 } };
  const both = [
    record("a", "ResNet-20", 0, 1),
    record("b", "plain-20", 0, 1),
  ];
  const seeds = [0, 1, 2].map((seed) =>
    record(`s${seed}`, "ResNet-20", seed, 3, other)
  );
  assertEquals(found([...seeds, ...both]), [["a"], ["b"]]);
  const pair = record("d", "plain-20", 0, 2, other);
  assertEquals(found([...both, ...seeds, pair]), [["s0", "s1", "s2"], ["d"]]);
  const newer = [
    record("e", "ResNet-20", 0, 4, other),
    record("f", "plain-20", 0, 4, other),
  ];
  assertEquals(found([...both, ...newer]), [["e"], ["f"]]);
});

Deno.test("comparableSeeds() leaves out what is no such run", () => {
  const sample = sampleRecord();
  const { data, network } = sample;
  assertEquals(
    found([
      record("a", "plain-20", 0, 1, { stoppedBy: "user" }),
      record("b", "plain-20", 0, 1, { preset: "custom" }),
      record("c", "plain-20", 0, 1, { startedFrom: "another" }),
      record("d", "plain-20", 0, 1, { data: { ...data, name: "other" } }),
      record("e", "ResNet-56", 0, 1),
      // Of the same name, and another size.
      record("f", "plain-20", 0, 1, {
        network: { ...network, name: "plain-20", parameters: 9 },
      }),
    ]),
    [[], []],
  );
});
