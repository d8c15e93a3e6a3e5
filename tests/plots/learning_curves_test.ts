import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import type { ScatterTrace } from "../../lib/plots/figure.ts";
import { learningCurves } from "../../lib/plots/learning_curves.ts";
import { exampleRuns } from "./example_runs.ts";

function traces(...parameters: Parameters<typeof learningCurves>) {
  return learningCurves(...parameters).data as ScatterTrace[];
}

for (const quantity of ["error", "loss"] as const) {
  Deno.test(`learningCurves() draws each run's own ${quantity}`, () => {
    const runs = exampleRuns();
    const drawn = traces(runs, { quantity });
    for (const [index, { name, curves }] of runs.entries()) {
      const [train, test] = [drawn[2 * index]!, drawn[2 * index + 1]!];
      assertStringIncludes(train.hovertemplate!, `${name}, training`);
      assertStringIncludes(test.hovertemplate!, `${name}, test`);
      assertEquals(train.x, curves.train.map((point) => point.step));
      assertEquals(train.y, curves.train.map((point) => point[quantity]));
      assertEquals(test.x, curves.test.map((point) => point.step));
      assertEquals(test.y, curves.test.map((point) => point[quantity]));
    }
    assertEquals(drawn.length, 2 * runs.length);
  });
}

Deno.test("learningCurves() draws training thin and dashed, test bold", () => {
  for (const one of traces(exampleRuns())) {
    const training = one.name!.endsWith("training");
    assertEquals(one.line?.dash, training ? "dash" : "solid");
    assertEquals(one.line!.width! < 2, training);
  }
});

Deno.test("learningCurves() gives families panels and depths hues", () => {
  const drawn = traces(exampleRuns());
  const of = (name: string) =>
    drawn.find(({ hovertemplate }) => hovertemplate!.includes(`${name}, `))!;
  assertEquals(of("plain-20").xaxis, "x");
  assertEquals(of("plain-56").xaxis, "x");
  assertEquals(of("ResNet-20").xaxis, "x2");
  assertEquals(of("plain-56").line?.color, of("ResNet-56").line?.color);
  assert(of("plain-20").line?.color !== of("plain-56").line?.color);
});

Deno.test("learningCurves() of one family is one panel", () => {
  const { layout } = learningCurves(exampleRuns().slice(0, 2), {
    title: "Plain networks",
  });
  assertEquals(layout?.xaxis2, undefined);
  assertEquals(layout?.title?.text, "Plain networks");
});

Deno.test("learningCurves() puts families together if told to, each by its name", () => {
  const { layout } = learningCurves(exampleRuns(), { together: true });
  assertEquals(layout?.xaxis2, undefined);
  const named = traces(exampleRuns(), { together: true })
    .filter(({ showlegend }) => showlegend);
  assertEquals(named.map(({ name }) => name), [
    "plain-20",
    "plain-56",
    "ResNet-20",
    "ResNet-56",
  ]);
  assertEquals(new Set(named.map(({ line }) => line?.color)).size, 4);
});

Deno.test("learningCurves() has one legend, by depth, for several panels", () => {
  const named = traces(exampleRuns()).filter((one) => one.showlegend !== false);
  assertEquals(named.map(({ name, xaxis }) => [name, xaxis]), [
    ["20 layers", "x"],
    ["56 layers", "x"],
  ]);
  const group = (index: number) => traces(exampleRuns())[index]!.legendgroup;
  assertEquals([group(0), group(1), group(5)], Array(3).fill("20 layers"));
});

Deno.test("learningCurves() begins at step 0", () => {
  const { xaxis, xaxis2 } = learningCurves(exampleRuns()).layout!;
  assertEquals([xaxis!.rangemode, xaxis2!.rangemode], ["tozero", "tozero"]);
  const ahead = learningCurves(exampleRuns(), { steps: 900 }).layout!;
  assertEquals(ahead.xaxis!.range, [0, 900]);
});

Deno.test("learningCurves() names a network of several runs once", () => {
  const [run] = exampleRuns();
  const named = traces([run!, run!]).filter((one) => one.showlegend !== false);
  assertEquals(named.map((one) => one.name), ["plain-20"]);
});

Deno.test("learningCurves() leaves a gap where a value is not finite", () => {
  const points = [NaN, Infinity, 40].map((error, step) => ({
    step,
    loss: 1,
    error,
  }));
  const drawn = traces([{
    name: "plain-56",
    curves: { train: points, test: [] },
  }]);
  assertEquals(drawn[0]?.y, [null, null, 40]);
});

Deno.test("learningCurves() draws reference levels with their words", () => {
  const { layout } = learningCurves(exampleRuns(), {
    reference: [{ value: 8.75, label: "paper, ResNet-20" }],
  });
  assertEquals(layout?.shapes?.map(({ y0, y1, yref }) => [y0, y1, yref]), [
    [8.75, 8.75, "y"],
    [8.75, 8.75, "y2"],
  ]);
  const words = layout?.annotations?.map(({ text }) => text);
  assertEquals(words?.filter((text) => text === "paper, ResNet-20").length, 2);
});

Deno.test("learningCurves() throws where there is nothing to draw", () => {
  assertThrows(() => learningCurves([]), RangeError, "at least one run");
});
