import { assert, assertEquals, assertThrows } from "@std/assert";
import { errorsByDepth } from "../../lib/plots/errors_by_depth.ts";
import type { Figure, ScatterTrace } from "../../lib/plots/figure.ts";

const lines = ({ data }: Figure) => data as ScatterTrace[];

Deno.test("errorsByDepth() draws the paper in ink, ours in colour", () => {
  const points = [
    { name: "ResNet-56", layers: 56, error: 6.97 },
    { name: "ResNet-20", layers: 20, error: 8.75 },
  ];
  const [paper, ours, ...rest] = lines(errorsByDepth([
    { name: "paper", whose: "paper", joined: true, points },
    { name: "none", whose: "ours", points: [] },
    { name: "ours", whose: "ours", points },
  ]));
  assertEquals(rest.length, 0); // a series without points has no line
  assertEquals([paper?.x, paper?.y], [[20, 56], [8.75, 6.97]]);
  assertEquals([paper?.mode, ours?.mode], ["lines+markers", "markers"]);
  assert(paper?.marker?.symbol?.endsWith("-open"));
  assertEquals(ours?.marker?.symbol, "circle");
  assert(paper?.marker?.color !== ours?.marker?.color);
  assertThrows(
    () => errorsByDepth([{ name: "none", whose: "ours", points: [] }]),
    RangeError,
    "Expected errors to plot but found none",
  );
});
