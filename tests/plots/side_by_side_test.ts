import { assertEquals, assertThrows } from "@std/assert";
import { figure } from "../../lib/plots/house_look.ts";
import { sideBySide } from "../../lib/plots/side_by_side.ts";

const panel = (title: string) =>
  figure([{ type: "scatter", x: [1, 2], y: [3, 4], name: title }], {
    title: { text: title },
    yaxis: { title: { text: "error (%)" } },
    shapes: [{
      type: "line",
      xref: "x domain",
      yref: "y",
      x0: 0,
      x1: 1,
      y0: 5,
      y1: 5,
    }],
  });

Deno.test("sideBySide() gives every panel its own part of the width", () => {
  const { layout } = sideBySide([panel("a"), panel("b"), panel("c")]);
  const domains = [layout?.xaxis, layout?.xaxis2, layout?.xaxis3].map((axis) =>
    axis!.domain!
  );
  assertEquals(domains[0]![0], 0);
  assertEquals(Math.round(domains[2]![1] * 1e9) / 1e9, 1);
  assertEquals(domains[0]![1] < domains[1]![0], true);
  assertEquals(domains[1]![1] < domains[2]![0], true);
});

Deno.test("sideBySide() moves lines and headings with their panel", () => {
  const { layout } = sideBySide([panel("a"), panel("b")]);
  assertEquals(layout?.shapes?.map(({ xref, yref }) => [xref, yref]), [
    ["x domain", "y"],
    ["x2 domain", "y2"],
  ]);
  assertEquals(layout?.annotations?.map(({ text, xref }) => [text, xref]), [
    ["<b>a</b>", "x domain"],
    ["<b>b</b>", "x2 domain"],
  ]);
});

Deno.test("sideBySide() names what is in several panels once", () => {
  const line = (name: string, legendgroup?: string) =>
    figure([{
      ...{ type: "scatter" as const, x: [1], y: [2], name },
      ...legendgroup && { legendgroup },
    }]);
  const shown = (...figures: ReturnType<typeof line>[]) =>
    sideBySide(figures).data.map((trace) => trace.showlegend !== false);
  assertEquals(shown(line("a", "g"), line("a", "g")), [true, false]);
  assertEquals(shown(line("a", "g"), line("b", "g")), [true, true]);
  assertEquals(shown(line("a"), line("a")), [true, true]);
});

Deno.test("sideBySide() shares the scale upward unless told otherwise", () => {
  const panels = [panel("a"), panel("b")];
  const shared = sideBySide(panels).layout?.yaxis2;
  const own = sideBySide(panels, { sharedY: false }).layout?.yaxis2;
  assertEquals([shared?.matches, shared?.title], ["y", undefined]);
  assertEquals([own?.matches, own?.title?.text], [undefined, "error (%)"]);
});

Deno.test("sideBySide() leaves its panels as they were", () => {
  const one = panel("a");
  const before = structuredClone(one);
  sideBySide([one, one]);
  assertEquals(one, before);
});

Deno.test("sideBySide() throws on no panels and on panels of panels", () => {
  assertThrows(() => sideBySide([]), RangeError, "at least one figure");
  const ten = Array.from({ length: 10 }, () => panel("a"));
  assertThrows(() => sideBySide(ten), RangeError, "at most 9 figures");
  const both = sideBySide([panel("a"), panel("b")]);
  assertThrows(() => sideBySide([both]), RangeError, "one panel each");
});
