import { assert, assertEquals, assertThrows } from "@std/assert";
import type { LayerRecord } from "../../lib/measurements/layer_recorder.ts";
import { histogram, summarise } from "../../lib/measurements/summary.ts";
import { confusionPlot } from "../../lib/plots/confusion.ts";
import { identityPlot, variancePlot } from "../../lib/plots/experiments.ts";
import type {
  ContourTrace,
  Figure,
  HeatmapTrace,
  ScatterTrace,
} from "../../lib/plots/figure.ts";
import { lossLinePlot, lossPlanePlot } from "../../lib/plots/landscape.ts";
import {
  histogramsOverTime,
  layerHistograms,
  layerHistory,
} from "../../lib/plots/layer_histories.ts";
import { layerResponsesPlot } from "../../lib/plots/layer_responses.ts";
import { toPng, toSvg } from "../../lib/plots/render.ts";
import {
  contributionsPlot,
  gateOpennessPlot,
  lesionPlot,
  pathGradientsPlot,
} from "../../lib/plots/unit_plots.ts";
import { countPixels, decodePng } from "./decode_png.ts";

const lines = ({ data }: Figure) => data as ScatterTrace[];

const response = (layer: number, deviation: number) => ({
  layer,
  path: `conv${layer}`,
  deviation,
});

Deno.test("layerResponsesPlot() has the layers in order, and by magnitude", () => {
  const plot = layerResponsesPlot([
    { name: "plain-20", responses: [response(1, 2), response(2, 3)] },
    { name: "ResNet-20", responses: [response(1, 1), response(2, NaN)] },
  ]);
  assertEquals(lines(plot).map(({ y, xaxis }) => [xaxis, y]), [
    ["x", [2, 3]],
    ["x", [1, null]],
    ["x2", [3, 2]],
    ["x2", [1, null]],
  ]);
  assertEquals(lines(plot)[2]!.text, ["conv2", "conv1"]);
  const log = layerResponsesPlot(
    [{ name: "plain-20", responses: [response(1, 2)] }],
    "early",
    "log",
  );
  assertEquals(log.layout!.yaxis!.type, "log");
  assertEquals(lines(plot).map(({ showlegend }) => showlegend ?? true), [
    ...[true, true],
    ...[false, false],
  ]);
  assert(plot.layout!.title!.subtitle!.text.startsWith("paper, Fig. 7"));
  assertThrows(
    () => layerResponsesPlot([]),
    RangeError,
    "at least one network",
  );
});

Deno.test("gateOpennessPlot() and contributionsPlot() draw units in order", () => {
  const gate = { deviation: 0, closed: 0, open: 0 };
  const gates = gateOpennessPlot([{
    name: "highway-3",
    found: [{ unit: "a", mean: 0.1, ...gate }, {
      unit: "b",
      mean: 0.9,
      ...gate,
    }],
  }]);
  assertEquals(lines(gates)[0]!.y, [0.1, 0.9]);
  assertEquals(lines(gates)[0]!.text, ["a", "b"]);
  assertEquals(gates.layout!.yaxis!.range, [0, 1]);
  const unit = { shortcut: 2, body: 1, ratio: 0.5 };
  const both = contributionsPlot([{
    name: "ResNet-8",
    found: [{ unit: "a", ...unit, cosine: NaN }, {
      unit: "b",
      ...unit,
      cosine: -1,
    }],
  }]);
  assertEquals(lines(both).map(({ y }) => y), [[0.5, 0.5], [null, -1]]);
});

Deno.test("lesionPlot() has a level for the whole network", () => {
  const plot = lesionPlot([{
    name: "ResNet-8",
    found: {
      whole: { loss: 1, error: 20 },
      lesions: [{ dropped: "stage1/unit1", loss: 2, error: 35 }],
    },
  }]);
  assertEquals(lines(plot)[0]!.y, [35]);
  assertEquals(lines(plot)[0]!.text, ["without stage1/unit1"]);
  const [level] = plot.layout!.shapes!;
  assertEquals([level!.y0, level!.y1], [20, 20]);
  assertEquals(level!.line!.color, lines(plot)[0]!.line!.color);
});

Deno.test("pathGradientsPlot() multiplies share and norm", () => {
  const plot = pathGradientsPlot([
    { length: 0, norms: [4], mean: 4, share: 0.25 },
    { length: 1, norms: [0], mean: 0, share: 0.5 },
  ]);
  assertEquals(lines(plot).map(({ y }) => y), [[0.25, 0.5], [4, null], [1, 0]]);
  assertThrows(() => pathGradientsPlot([]), RangeError, "at least one length");
});

const PLANE = {
  x: [-1, 0, 1],
  y: [0, 1],
  loss: [[10, 1, 10], [100, NaN, 100]],
  error: [[50, 0, 50], [90, NaN, 90]],
};

Deno.test("lossPlanePlot() draws powers of ten, and holes", async () => {
  const plot = lossPlanePlot(PLANE);
  const [trace] = plot.data as ContourTrace[];
  assertEquals(trace!.z, [[1, 0, 1], [2, null, 2]]);
  const between = lossPlanePlot(PLANE, { between: [0.1, 1000] });
  const [{ zmin, zmax }] = between.data as [ContourTrace];
  assertEquals([zmin, zmax], [-1, 3]);
  const errors = lossPlanePlot(PLANE, { quantity: "error" });
  assertEquals((errors.data as ContourTrace[])[0]!.z[0], [50, 0, 50]);
  const x = Array.from({ length: 11 }, (_, i) => i - 5);
  const loss = x.map((b) => x.map((a) => 10 ** ((a * a + b * b) / 25)));
  const bowl = lossPlanePlot({ x, y: x, loss, error: loss });
  const picture = decodePng(await toPng(bowl, { scale: 1 }));
  // The last colour of the scale is in the corners only.
  const yellow = [253, 234, 69] as const;
  const middle = { left: 200, right: 360, top: 200, bottom: 360 };
  assert(countPixels(picture, yellow) > 5, "no bright corners");
  assertEquals(countPixels(picture, yellow, middle), 0);
});

Deno.test("lossLinePlot() draws a line for each network", () => {
  const line = { positions: [-1, 0], loss: [3, Infinity], error: [50, 60] };
  const plot = lossLinePlot([{ name: "ResNet-20", line }]);
  assertEquals(lines(plot)[0]!.y, [3, null]);
  assertEquals(plot.layout!.yaxis!.type, "log");
  const errors = lossLinePlot([{ name: "plain-20", line }], {
    quantity: "error",
  });
  assertEquals(lines(errors)[0]!.y, [50, 60]);
  assertEquals(errors.layout!.yaxis!.rangemode, "tozero");
  const dashes = [plot, errors].map((one) => lines(one)[0]!.line!.dash);
  assertEquals(dashes, ["solid", "dot"]);
});

Deno.test("confusionPlot() colours shares of a class and writes counts", async () => {
  const plot = confusionPlot([[3, 1], [0, 0]], ["cat", "dog"]);
  const [matrix] = plot.data as HeatmapTrace[];
  assertEquals(matrix!.z, [[0.75, 0.25], [0, 0]]);
  assertEquals(
    plot.layout!.annotations!.map(({ text, x, y }) => [text, x, y]),
    [
      ["3", 0, 0],
      ["1", 1, 0],
      ["0", 0, 1],
      ["0", 1, 1],
    ],
  );
  assertThrows(
    () => confusionPlot([[1]], []),
    RangeError,
    "Expected 1 names of classes but found 0",
  );
  const svg = await toSvg(plot);
  assert(svg.includes(">cat<") && svg.includes("taken for"));
});

function record(step: number, paths: readonly string[]): LayerRecord {
  const values = Float32Array.of(0, 0.25, 0.5, step / 10);
  const activations = summarise(values, { low: 0, high: 1, count: 2 });
  return {
    step,
    layers: paths.map((path) => ({
      path,
      activations,
      gradients: activations,
      gradientNorm: step,
      saturation: { low: 0.25, high: 0.5 },
    })),
  };
}

Deno.test("layerHistory() follows each layer over steps", () => {
  const records = [record(0, ["a", "b"]), record(10, ["a", "b"])];
  const means = layerHistory(records, "mean");
  assertEquals(lines(means).map(({ name, x, y }) => [name, x, y]), [
    ["a", [0, 10], [0.1875, 0.4375]],
    ["b", [0, 10], [0.1875, 0.4375]],
  ]);
  const saturated = layerHistory(records, "saturation");
  assertEquals(lines(saturated)[0]!.y, [0.75, 0.75]);
  const norms = layerHistory(records, "gradientNorm");
  assertEquals(lines(norms)[0]!.y, [null, 10]);
  assertEquals(norms.layout!.yaxis!.type, "log");
  assertThrows(() => layerHistory([], "mean"), RangeError, "found none");
});

Deno.test("layerHistograms() and histogramsOverTime() draw shares by bin", () => {
  const shares = histogram(Float32Array.of(0, 0.25, 0.5, 1), {
    low: 0,
    high: 1,
    count: 2,
  }).shares;
  const now = layerHistograms(record(10, ["a"]));
  assertEquals([lines(now)[0]!.x, lines(now)[0]!.y], [[0.25, 0.75], [
    ...shares,
  ]]);
  const names = Array.from({ length: 21 }, (_, i) => `layer${i}`);
  const over = histogramsOverTime([record(0, names), record(10, names)]);
  const panels = over.data as HeatmapTrace[];
  assertEquals(panels.length, 9);
  assertEquals(panels[0]!.z, [[0.75, 0.5], [0.25, 0.5]]);
  assertEquals(new Set(panels.map(({ zmax }) => zmax)), new Set([0.75]));
  assertEquals(panels.filter(({ showscale }) => showscale).length, 1);
});

Deno.test("identityPlot() and variancePlot() have measurements beside formulas", () => {
  const runs = identityPlot([
    { kind: "plain", seed: 0, losses: [1, 0.5] },
    { kind: "plain", seed: 1, losses: [1, 0] },
    { kind: "residual", seed: 0, losses: [0.1, NaN] },
  ]);
  assertEquals(lines(runs).map(({ y }) => y), [[1, 0.5], [1, null], [
    0.1,
    null,
  ]]);
  assertEquals(lines(runs).map(({ showlegend }) => showlegend), [
    ...[true, false],
    true,
  ]);
  const layer = (measured: number) => ({
    layer: 1,
    forward: { measured, predicted: 2 },
    backward: { measured: 3, predicted: 4 },
  });
  const plot = variancePlot([{ name: "He", layers: [layer(0), layer(5)] }]);
  assertEquals(lines(plot).map(({ mode, y }) => [mode, y]), [
    ["markers", [null, 5]],
    ["lines", [2, 2]],
    ["markers", [3, 3]],
    ["lines", [4, 4]],
  ]);
  const words = plot.layout!.annotations!.map(({ text }) => text);
  assert(words.includes("0 or not finite, not drawn: 1"));
});
