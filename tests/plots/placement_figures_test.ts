import { assertEquals, assertThrows } from "@std/assert";
import type { PlacementRuns } from "../../lib/lab/beside_table_2.ts";
import { R16_TABLE_3 } from "../../lib/paper/r16_results.ts";
import type { BarTrace, Figure, ScatterTrace } from "../../lib/plots/figure.ts";
import { PALETTE } from "../../lib/plots/house_look.ts";
import {
  lossAgainstError,
  placementCurves,
  placementErrors,
  preActivationErrors,
} from "../../lib/plots/placement_figures.ts";
import { unitLines } from "../../lib/plots/unit_lines.ts";
import { listRecords } from "../../lib/records/list_records.ts";

const [template] = await listRecords();

/** A run with points of (step, loss), its errors being 10 times the losses. */
function run(seed: number, ...points: [step: number, loss: number][]) {
  const curve = points.map(([step, loss]) => ({
    step,
    loss,
    error: 10 * loss,
  }));
  const loss = points.at(-1)![1];
  return {
    ...template!,
    seed,
    curves: { train: curve, test: curve },
    final: { ...template!.final, trainLoss: loss, testError: 10 * loss },
  };
}

const PLACEMENTS: PlacementRuns[] = [
  { name: "(a) original", records: [] },
  {
    name: "(b) BN after addition",
    records: [run(0, [10, 2], [20, 1]), run(1, [10, 3], [30, 1], [20, 2])],
  },
];

const scatters = ({ data }: Figure) => data as ScatterTrace[];
const bars = ({ data }: Figure) => data as BarTrace[];

Deno.test("placementCurves() draws the mean of the runs at common steps", () => {
  const [loss, error, ...others] = scatters(placementCurves(PLACEMENTS, "t"));
  assertEquals(others, []);
  assertEquals([loss?.x, loss?.y], [[10, 20], [2.5, 1.5]]);
  assertEquals([error?.x, error?.y], [[10, 20], [25, 15]]);
  assertEquals([loss?.xaxis, error?.xaxis], ["x", "x2"]);
  // The hue is the placement's, whether those before it have runs or not.
  assertEquals(loss?.line?.color, PALETTE[1]);
  assertThrows(
    () => placementCurves(PLACEMENTS.slice(0, 1), "t"),
    RangeError,
    "at least one run",
  );
});

Deno.test("lossAgainstError() has a point for each run that has a loss", () => {
  const [, withRuns] = PLACEMENTS;
  const diverged = run(2, [10, 4]);
  const records = [
    ...withRuns!.records,
    { ...diverged, final: { ...diverged.final, trainLoss: null } },
  ];
  const [points, ...others] = scatters(
    lossAgainstError([PLACEMENTS[0]!, { ...withRuns!, records }], "t"),
  );
  assertEquals(others, []);
  assertEquals([points?.x, points?.y], [[1, 2], [10, 20]]);
  assertEquals(points?.text, ["seed 0", "seed 1"]);
  assertEquals(points?.marker?.color, PALETTE[1]);
  assertThrows(() => lossAgainstError([PLACEMENTS[0]!], "t"), RangeError);
});

Deno.test("placementErrors() keeps a place for what has no run", () => {
  const row = { runs: 1, trainLoss: 1, deviation: null };
  const plot = placementErrors([
    {
      ...row,
      placement: "(a) a",
      testError: 36,
      paper110: 6.61,
      paper164: 5.93,
    },
    {
      ...row,
      placement: "(b) b",
      testError: null,
      paper110: 8.17,
      paper164: 6.5,
    },
  ], "ours, 20 layers");
  assertEquals(bars(plot).map(({ name, y }) => [name, y]), [
    ["paper, ResNet-110", [6.61, 8.17]],
    ["paper, ResNet-164", [5.93, 6.5]],
    ["ours, 20 layers", [36, null]],
  ]);
  assertEquals(bars(plot)[2]?.text, ["36.0", ""]);
});

Deno.test("preActivationErrors() is R16 Table 3, by data set", () => {
  const data = bars(preActivationErrors(R16_TABLE_3.rows));
  assertEquals(data.map(({ xaxis, y }) => [xaxis, y]), [
    ["x", [9.9, 6.61, 5.93, 7.61]],
    ["x", [8.91, 6.37, 5.46, 4.92]],
    ["x2", [25.16, 27.82]],
    ["x2", [24.33, 22.71]],
  ]);
  assertEquals(data[0]?.x, ["110, 1-layer", "110", "164", "1001"]);
});

Deno.test("unitLines() draws a line a design, with gaps and hues", () => {
  const units = ["u1", "u2"];
  const plot = unitLines([
    { name: "(a)", values: [1, Infinity], units },
    { name: "(e)", values: [3, 4], units, hue: 4 },
  ], { title: "t", quantity: "size", log: true });
  const [a, e] = scatters(plot);
  assertEquals([a?.y, e?.y], [[1, null], [3, 4]]);
  assertEquals([a?.line?.color, e?.line?.color], [PALETTE[0], PALETTE[4]]);
  assertEquals(plot.layout?.yaxis?.type, "log");
  assertThrows(
    () =>
      unitLines([{ name: "(a)", values: [1], units }], {
        title: "",
        quantity: "",
      }),
    RangeError,
    "Expected 1 unit names for (a) but found 2",
  );
  assertThrows(() => unitLines([], { title: "", quantity: "" }), RangeError);
});
