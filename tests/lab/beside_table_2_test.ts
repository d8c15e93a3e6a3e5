import { assertEquals } from "@std/assert";
import {
  besideTable2,
  placementClaims,
  runsByPlacement,
} from "../../lib/lab/beside_table_2.ts";
import { placementNetworks } from "../../lib/lab/placements.ts";
import { listRecords } from "../../lib/records/list_records.ts";
import type { RunRecord } from "../../lib/records/schema.ts";

const [template] = await listRecords();
const names = placementNetworks(20).map(({ name }) => name);

/** Runs of a placement that ended at test errors, one a seed. */
function runs(letter: string, ...errors: number[]): RunRecord[] {
  const name = names["abcde".indexOf(letter)]!;
  return errors.map((testError, seed) => ({
    ...template!,
    id: `${letter}${seed}`,
    seed,
    network: { ...template!.network, name },
    final: { ...template!.final, trainLoss: testError / 100, testError },
    stoppedBy: "steps",
  }));
}

Deno.test("besideTable2() has mean and spread beside the paper's errors", () => {
  const results = besideTable2([runs("e", 30, 34), runs("a", 36)], names);
  assertEquals(results.map(({ runs }) => runs), [1, 0, 0, 0, 2]);
  assertEquals(results[0], {
    placement: "(a) original",
    runs: 1,
    trainLoss: 0.36,
    testError: 36,
    deviation: null,
    paper110: 6.61,
    paper164: 5.93,
  });
  assertEquals(results[1]?.testError, null);
  assertEquals(results[4]?.testError, 32);
  assertEquals(results[4]?.deviation, Math.sqrt(8));
});

Deno.test("placementClaims() compares with the original, as far as chance lets it", () => {
  const holds = (deviation: number | null, ...sets: RunRecord[][]) =>
    placementClaims(sets, names, deviation).map((claim) => claim.holds);
  const missing = ["no run yet", "no run yet"] as const;
  const [a, b] = [runs("a", 36, 37), runs("b", 41, 42)];
  assertEquals(
    holds(0.7, a, b, runs("c", 30), runs("e", 30)),
    [true, false, true, true],
  );
  // Two standard errors: 2.24 points of two runs each, 2.74 of two and one.
  assertEquals(
    holds(1.12, a, runs("b", 37.5, 39.5), runs("e", 40)),
    ["cannot tell", ...missing, false],
  );
  // Where s is not known it is taken to be 2: 5.7 points of one run each.
  assertEquals(
    holds(null, runs("a", 36), runs("b", 41), runs("e", 30)),
    ["cannot tell", ...missing, true],
  );
  const [first] = placementClaims(
    [runs("a", 36), runs("b", 40, 42)],
    names,
    1.4,
  );
  assertEquals(first, {
    claim: "(b) BN after addition has a higher test error than (a)",
    paper: "8.17 against 6.61, 6.50 against 5.93",
    ours: "41.0 ± 1.4 (2 runs) against 36.0 (1 run)",
    holds: true,
  });
});

Deno.test("runsByPlacement() has a list for each, empty where there is none", () => {
  const found = runsByPlacement([runs("c", 30, 31)], names);
  assertEquals(found.map(({ records }) => records.length), [0, 0, 2, 0, 0]);
  assertEquals(found[2]?.name, "(c) ReLU before addition");
});
