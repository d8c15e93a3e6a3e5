import { assert, assertEquals, assertThrows } from "@std/assert";
import { figureInWords } from "../../lib/notebook/bundle.ts";
import { commonRanges } from "../../lib/plots/common_ranges.ts";
import type { Layout } from "../../lib/plots/figure.ts";
import { figure } from "../../lib/plots/house_look.ts";
import { toSvg } from "../../lib/plots/render.ts";
import { sideBySide } from "../../lib/plots/side_by_side.ts";
import { withSlider } from "../../lib/plots/slider.ts";

const at = (value: number, layout: Layout = {}) => ({
  value,
  figure: figure([
    { type: "scatter", name: "line", x: [0, 10], y: [0, value] },
    { type: "scatter", name: "marks", mode: "markers", x: [5], y: [value] },
  ], { title: { text: `the figure at ${value}` }, ...layout }),
});

const NAME = { name: "gate bias" };

Deno.test("withSlider() shows the traces of one position at a time", () => {
  const { data, layout } = withSlider([at(1), at(2), at(3)], NAME);
  const shown = data.map(({ visible }) => visible);
  assertEquals(shown, [true, true, false, false, false, false]);
  const [slider] = layout!.sliders!;
  assertEquals(slider!.currentvalue?.prefix, "gate bias: ");
  assertEquals(slider!.steps.map(({ label }) => label), ["1", "2", "3"]);
  for (const [i, { args: [{ visible }] }] of slider!.steps.entries()) {
    const places = visible.flatMap((seen, place) => seen ? [place] : []);
    assertEquals(places, [2 * i, 2 * i + 1]);
  }
});

Deno.test("withSlider() begins where it is told, with that figure's words", () => {
  const whole = withSlider([at(1), at(2)], { ...NAME, start: 2 });
  const { data, layout } = whole;
  assertEquals(data.map(({ visible }) => visible), [false, false, true, true]);
  assertEquals(layout?.title?.text, "the figure at 2");
  assertEquals(layout?.sliders?.[0]?.active, 1);
  assertEquals(figureInWords(whole), "[figure: the figure at 2: line, marks]");
});

Deno.test("withSlider() changes words and lines with the position", () => {
  const noted = at(2, {
    annotations: [{ text: "here", x: 1, y: 1 }],
    xaxis: { title: { text: "steps" } },
  });
  const [bare, full] = withSlider([at(1), noted], NAME).layout!.sliders![0]!
    .steps.map(({ args: [, layout] }) => layout);
  assertEquals(bare!["title.text"], "the figure at 1");
  assertEquals(bare!.annotations, []);
  assertEquals(full!.annotations, [{ text: "here", x: 1, y: 1 }]);
  assertEquals(full!["xaxis.title.text"], "steps");
});

Deno.test("withSlider() keeps one scale for all positions", () => {
  const { layout } = withSlider([at(1), at(100)], NAME);
  const [low, high] = layout!.yaxis!.range!;
  assert(low < 0 && low > -10, `${low}`);
  assert(high > 100 && high < 110, `${high}`);
  // All reach as far across: plotly finds the range itself.
  assertEquals(layout?.xaxis?.range, undefined);
  for (const { args: [, changes] } of layout!.sliders![0]!.steps) {
    assertEquals(changes["yaxis.range"], [low, high]);
  }
});

Deno.test("commonRanges() are powers of ten on a logarithmic axis", () => {
  const yaxis = { type: "log" } as const;
  const ranges = commonRanges([at(1, { yaxis }), at(100, { yaxis })]
    .map(({ figure }) => figure));
  const [low, high] = ranges.get("yaxis")!;
  // The 0 has no place on it.
  assertEquals([Math.round(low), Math.round(high)], [0, 2]);
});

Deno.test("commonRanges() has bars stand on 0, and leaves names alone", () => {
  const bars = (heights: number[]) =>
    figure([{ type: "bar", x: ["a", "b"], y: heights }]);
  const ranges = commonRanges([bars([5, 6]), bars([5, 8])]);
  assertEquals([...ranges.keys()], ["yaxis"]);
  assert(ranges.get("yaxis")![0] <= 0 && ranges.get("yaxis")![1] > 8);
});

Deno.test("commonRanges() gives axes that match one range", () => {
  const panels = (left: number, right: number) =>
    sideBySide([at(left).figure, at(right).figure]);
  const ranges = commonRanges([panels(1, 2), panels(1, 50)]);
  assertEquals(ranges.get("yaxis"), ranges.get("yaxis2"));
  assert(ranges.get("yaxis")![1] > 50);
});

Deno.test("withSlider() refuses figures that do not fit together", () => {
  const refused: [ReturnType<typeof at>[], string][] = [
    [[], "Expected at least one figure for the slider but found none"],
    [[at(1), at(1)], "Expected one figure for 1 but found several"],
    [
      [at(1), at(2, { width: 300 })],
      "Expected the figure at 2 to have a size of 760 x 420 as the one at 1 " +
      "but found a size of 300 x 420",
    ],
    [
      [at(1), at(2, { xaxis2: {}, yaxis2: {} })],
      "to have the axes xaxis, yaxis as the one at 1 but found the axes " +
      "xaxis, xaxis2, yaxis, yaxis2",
    ],
    [
      [at(1), at(2, { yaxis: { type: "log" } })],
      "to have a linear yaxis as the one at 1 but found a log yaxis",
    ],
    [
      [at(1), { value: 2, figure: withSlider([at(1), at(2)], NAME) }],
      "Expected figures without a slider but the one at 2 has one",
    ],
  ];
  for (const [positions, words] of refused) {
    assertThrows(() => withSlider(positions, NAME), RangeError, words);
  }
  assertThrows(
    () => withSlider([at(1), at(2)], { ...NAME, start: 3 }),
    RangeError,
    "Expected the slider to begin at one of 1, 2 but found 3",
  );
});

Deno.test("withSlider() leaves its figures as they were", () => {
  const positions = [at(1), at(2)];
  const before = structuredClone(positions);
  withSlider(positions, NAME);
  assertEquals(positions, before);
});

Deno.test("sideBySide() refuses a figure with a slider", () => {
  const whole = withSlider([at(1), at(2)], NAME);
  assertThrows(
    () => sideBySide([whole]),
    RangeError,
    "Expected figures without a slider but figure 1 has one",
  );
});

Deno.test("a picture shows the slider at its first position", async () => {
  const svg = await toSvg(withSlider([at(1), at(2)], { ...NAME, start: 2 }));
  assert(svg.includes("gate bias: 2"), "no slider");
  assert(svg.includes("the figure at 2"), "no title");
  assert(!svg.includes("the figure at 1"));
});
