import { assert, assertEquals, assertThrows } from "@std/assert";
import type { ScatterTrace } from "../../lib/plots/figure.ts";
import { gatesPlot } from "../../lib/plots/gates_plot.ts";
import { learningCurves } from "../../lib/plots/learning_curves.ts";
import { paperBesideOurs } from "../../lib/plots/paper_beside_ours.ts";
import { toSvg } from "../../lib/plots/render.ts";

const gate = (unit: string, mean: number) => ({
  ...{ unit, mean },
  ...{ deviation: 0, closed: 0, open: 0 },
});

const GATES = [{
  name: "bias 0",
  openness: [gate("a", 0.5), gate("b", 0.25)],
  carried: [{ unit: "a", share: 0.5 }, { unit: "b", share: 0 }],
}];

Deno.test("gatesPlot() has gates on the left, what is carried on the right", () => {
  const { data, layout } = gatesPlot(GATES);
  const lines = data as ScatterTrace[];
  // A share of 0 has no place on a logarithmic axis.
  assertEquals(lines.map(({ xaxis, y }) => [xaxis, y]), [
    ["x", [0.5, 0.25]],
    ["x2", [0.5, null]],
    ["x2", [1, 1]],
  ]);
  assertEquals(lines[2]!.x, [1, 2]);
  assertEquals(layout?.yaxis2?.type, "log");
  assertThrows(() => gatesPlot([]), RangeError, "at least one network");
});

const BESIDE = {
  title: "Shortcuts",
  paper: {
    heading: "the paper",
    rows: [{ name: "A", error: 25.03 }, { name: "B", error: 24.52 }],
  },
  ours: {
    heading: "ours",
    rows: [{ name: "A", errors: [36, 37] }, { name: "B", errors: [] }],
  },
};

Deno.test("paperBesideOurs() draws means, each seed, and what is missing", () => {
  const { data, layout } = paperBesideOurs(BESIDE);
  assertEquals(data.map(({ xaxis, x, y }) => [xaxis, x, y]), [
    ["x", ["A", "B"], [25.03, 24.52]],
    ["x2", ["A", "B"], [36.5, null]],
    ["x2", ["A", "A"], [36, 37]],
  ]);
  const notes = layout?.annotations?.map(({ text, x }) => [text, x]);
  assert(notes?.some(([text, x]) => text === "no run<br>yet" && x === "B"));
  // Each panel has its own scale.
  assertEquals(layout?.yaxis2?.matches, undefined);
  const empty = { ...BESIDE, ours: { heading: "ours", rows: [] } };
  assertThrows(
    () => paperBesideOurs(empty),
    RangeError,
    "Expected rows of ours but found none",
  );
});

Deno.test("figures on shortcuts can be drawn without a browser", async () => {
  for (const figure of [gatesPlot(GATES), paperBesideOurs(BESIDE)]) {
    assert((await toSvg(figure)).includes("<svg"));
  }
});

Deno.test("learningCurves() calls families that are no ResNets networks", () => {
  const points = [{ step: 1, loss: 2, error: 80 }];
  const curves = { train: points, test: points };
  const names = ["plain-20", "highway-19", "ResNet-20"];
  const { layout } = learningCurves(names.map((name) => ({ name, curves })));
  assertEquals(
    layout?.annotations?.map(({ text }) => text.replace(/<[^>]*>/g, "")),
    ["plain networks", "highway networks", "ResNets"],
  );
});
