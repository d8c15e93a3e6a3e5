import { assertEquals } from "@std/assert";
import {
  callout,
  figureInWords,
  html,
  Output,
  plot,
  svg,
} from "../../lib/notebook/bundle.ts";
import { bundleOf } from "../../lib/notebook/display.ts";
import { PLOTLY_MIME } from "../../lib/plots/figure.ts";
import { figure } from "../../lib/plots/house_look.ts";

const LINE = figure([
  { type: "scatter", x: [1], y: [2], name: "train", showlegend: false },
  { type: "scatter", x: [1], y: [2], name: "test" },
], { title: { text: "<b>Error</b>" } });

Deno.test("bundleOf() has plain text for everything that can be shown", () => {
  const shown = [
    LINE,
    plot(LINE),
    html("<i>a</i>"),
    svg("<svg/>"),
    "b",
    3,
    true,
  ];
  assertEquals(shown.map((value) => bundleOf(value)["text/plain"]), [
    "[figure: Error: test]",
    "[figure: Error: test]",
    "a",
    "[drawing]",
    "b",
    "3",
    "true",
  ]);
});

Deno.test("plot() holds the figure and no picture that would hide it", () => {
  assertEquals(plot(LINE).bundle, {
    [PLOTLY_MIME]: LINE,
    "text/plain": "[figure: Error: test]",
  });
});

Deno.test("figureInWords() needs neither title nor names", () => {
  assertEquals(figureInWords({ data: [] }), "[figure: ]");
});

Deno.test("callout() takes its words as words, not as HTML", () => {
  const { bundle } = callout("Jargon", "a < b & c");
  assertEquals(bundle["text/plain"], "Jargon: a < b & c");
  assertEquals(String(bundle["text/html"]).includes("a &lt; b &amp; c"), true);
});

Deno.test("Output answers to the name by which the kernel asks", () => {
  const ask = Symbol.for("Jupyter.display");
  const output = new Output({ "text/plain": "words" });
  const answer = Reflect.get(output, ask) as () => unknown;
  assertEquals(answer.call(output), { "text/plain": "words" });
});
