import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { figure } from "../../lib/plots/house_look.ts";
import { learningCurves } from "../../lib/plots/learning_curves.ts";
import { lightSvg } from "../../lib/plots/light_svg.ts";
import { rasterize } from "../../lib/plots/rasterize.ts";
import { countPixels, decodePng } from "./decode_png.ts";
import { exampleRuns } from "./example_runs.ts";

Deno.test("lightSvg() puts points where their values are", () => {
  const svg = lightSvg(figure([{
    type: "scatter",
    x: [0, 5, 10],
    y: [0, null, 50],
    line: { color: "#123456" },
  }], {
    width: 200,
    height: 200,
    margin: { l: 50, r: 50, t: 50, b: 50 },
    xaxis: { range: [0, 10] },
    yaxis: { range: [0, 100] },
  }));
  // The gap in the middle lifts the pen.
  assertStringIncludes(svg, `<path d="M50 150M150 100"`);
});

Deno.test("lightSvg() draws what the figure says, in its colours", () => {
  const svg = lightSvg(learningCurves(exampleRuns(), {
    title: "Error <live>",
    reference: [{ value: 8.75, label: "paper" }],
  }));
  for (
    const words of [
      "Error &lt;live&gt;",
      "plain networks",
      "ResNets",
      "training step",
      "error (%)",
      "56 layers",
      "paper",
    ]
  ) {
    assertStringIncludes(svg, `>${words}</text>`);
  }
  const picture = decodePng(rasterize(svg));
  assert(countPixels(picture, [0x00, 0x72, 0xb2]) > 500);
  assert(countPixels(picture, [0xd5, 0x5e, 0x00]) > 500);
});

Deno.test("lightSvg() stays small however many points there are", () => {
  const many = Array.from({ length: 64_000 }, (_, i) => i);
  const svg = lightSvg(figure([{ type: "scatter", x: many, y: many }]));
  assert(svg.length < 20_000, `found ${svg.length} characters`);
  assertEquals(svg.includes("NaN"), false);
});

Deno.test("lightSvg() draws a figure without a point yet", () => {
  const empty = { name: "plain-20", curves: { train: [], test: [] } };
  const svg = lightSvg(learningCurves([empty], { steps: 100 }));
  assertEquals(svg.includes("NaN"), false);
  assertStringIncludes(svg, ">plain-20</text>");
});

Deno.test("lightSvg() throws on bars", () => {
  assertThrows(
    () => lightSvg(figure([{ type: "bar", x: [1], y: [2] }])),
    TypeError,
    'found "bar"',
  );
});
