import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { meanAndSpread } from "../../lib/records/mean_and_spread.ts";
import type { RunRecord } from "../../lib/records/schema.ts";
import { sampleRecord } from "./sample_record.ts";

function run(seed: number, testError: number): RunRecord {
  const record = sampleRecord();
  const final = { ...record.final, testError };
  return { ...record, id: `run-${seed}`, seed, final };
}

Deno.test("meanAndSpread() is the mean and the sample standard deviation", () => {
  // By hand: mean 6; squares 4 + 1 + 1 + 4 = 10; sqrt(10 / 3).
  const runs = [run(3, 8), run(0, 4), run(1, 5), run(2, 7)];
  const { deviation, ...others } = meanAndSpread(runs);
  assertEquals(others, { mean: 6, runs: 4, values: [4, 5, 7, 8] });
  assertAlmostEquals(deviation!, Math.sqrt(10 / 3), 1e-12);
  assertEquals(meanAndSpread([run(0, 4)]).deviation, null);
  const losses = meanAndSpread(runs, ({ final }) => final.testLoss);
  assertEquals([losses.mean, losses.deviation], [0.5, 0]);
});

Deno.test("meanAndSpread() refuses what are not runs of one kind", () => {
  const first = run(0, 4);
  const second = run(1, 5);
  const recipe = { ...second.hyperparameters, batchSize: 64 };
  const network = { ...second.network, name: "ResNet-32" };
  const others: [RunRecord, string][] = [
    [{ ...second, hyperparameters: recipe }, "one recipe but run-1"],
    [{ ...second, network }, "one network but run-1"],
    [{ ...second, startedFrom: "another" }, "one start but run-1"],
    [{ ...second, stoppedBy: "user" }, "run-1 was stopped by user"],
    [{ ...second, seed: 0 }, "run-1 and run-0 have 0"],
  ];
  for (const [other, message] of others) {
    assertThrows(() => meanAndSpread([first, other]), Error, message);
  }
  assertThrows(() => meanAndSpread([]), Error, "found none");
  assertThrows(
    () => meanAndSpread([first], () => null),
    Error,
    "Expected a number of run-0 but found null",
  );
});
