import { assertEquals, assertThrows } from "@std/assert";
import { R16_TABLE_1 } from "../../lib/paper/r16_units.ts";
import type { BarTrace, ScatterTrace } from "../../lib/plots/figure.ts";
import { formulaAndMeasured } from "../../lib/plots/formula_and_measured.ts";
import { learningCurves } from "../../lib/plots/learning_curves.ts";
import { paperTable1 } from "../../lib/plots/paper_table_1.ts";
import { toSvg } from "../../lib/plots/render.ts";

const OPTIONS = { title: "Products", x: "units", y: "factor" };
const POINTS = { x: [0, 1], y: [1, 0.5] };

Deno.test("formulaAndMeasured() has lines for formulas, marks for what was measured", () => {
  const { data, layout } = formulaAndMeasured([
    { name: "a", formula: POINTS, measured: { x: [1], y: [0.4] } },
    { name: "b", measured: POINTS },
  ], OPTIONS);
  const traces = data as ScatterTrace[];
  assertEquals(
    traces.map(({ name, mode, y, showlegend }) => [name, mode, y, showlegend]),
    [
      ["a", "lines", [1, 0.5], undefined],
      ["a, measured", "markers", [0.4], false],
      ["b", "lines+markers", [1, 0.5], true],
    ],
  );
  assertEquals(traces[0]?.line?.color, traces[1]?.marker?.color);
  assertEquals(layout?.yaxis?.type, "log");
});

Deno.test("formulaAndMeasured() leaves out what has no place on its scale", () => {
  const y = [1, 0, -2, NaN, Infinity];
  const series = [{ name: "a", formula: { x: [0, 1, 2, 3, 4], y } }];
  const drawn = (logarithmic: boolean) =>
    formulaAndMeasured(series, { ...OPTIONS, logarithmic })
      .data[0] as ScatterTrace;
  assertEquals(drawn(true).y, [1, null, null, null, null]);
  assertEquals(drawn(false).y, [1, 0, -2, null, null]);
});

Deno.test("formulaAndMeasured() throws on nothing, and on curves that are none", () => {
  assertThrows(
    () => formulaAndMeasured([], OPTIONS),
    RangeError,
    "Expected at least one formula to plot but found none",
  );
  assertThrows(
    () =>
      formulaAndMeasured(
        [{ name: "a", measured: { x: [1, 2], y: [1] } }],
        OPTIONS,
      ),
    RangeError,
    "Expected as many x as y of a but found 2 and 1",
  );
});

Deno.test("paperTable1() draws the paper's errors, failures at 20 %, ours beside them", async () => {
  const results = R16_TABLE_1.rows.slice(0, 7).map((row, i) => ({
    row,
    ...i === 0 && { ours: 31, seeds: [30, 32] },
  }));
  const figure = paperTable1(results);
  const [paper, ours] = figure.data as BarTrace[];
  assertEquals(paper?.y, [6.61, 20, 20, 12.35, 20, 8.7, 9.81]);
  assertEquals(paper?.text?.[1], "fail:<br>above 20");
  assertEquals(ours?.y.slice(0, 2), [31, null]);
  assertEquals(ours?.text?.slice(0, 2), ["31.0<br>(30.0, 32.0)", ""]);
  assertEquals(paper?.x[4], "exclusive<br>gating<br>b_g = 0 to -5");
  await toSvg(figure);
});

Deno.test("paperTable1() has no bars of ours without runs", () => {
  const [row] = R16_TABLE_1.rows;
  assertEquals(paperTable1([{ row: row! }]).data.length, 1);
  assertThrows(() => paperTable1([]), RangeError, "but found none");
});

Deno.test("learningCurves() of many families share a panel if asked", () => {
  const points = [{ step: 1, loss: 2, error: 80 }];
  const runs = ["tower", "tower, dropout 0.5"].map((name) => ({
    name,
    curves: { train: points, test: points },
  }));
  const axes = (together: boolean) =>
    new Set(learningCurves(runs, { together }).data.map(({ xaxis }) => xaxis));
  assertEquals(axes(true), new Set([undefined]));
  assertEquals(axes(false), new Set(["x", "x2"]));
});
