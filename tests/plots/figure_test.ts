import { assertEquals } from "@std/assert";
import type { Config, Data, Layout } from "plotly.js-dist-min";
import type { Figure } from "../../lib/plots/figure.ts";
import { figure } from "../../lib/plots/house_look.ts";

/** Compiles only if every Figure is a figure to plotly.js's own types. */
function asPlotly(
  figure: Figure,
): { data: Data[]; layout: Partial<Layout>; config: Partial<Config> } {
  return {
    data: figure.data,
    layout: { ...figure.layout },
    config: figure.config ?? {},
  };
}

Deno.test("Figure is a figure to plotly.js's own types", () => {
  const line = figure([{ type: "scatter", x: [1, 2], y: [3, null] }]);
  assertEquals(asPlotly(line).data.length, 1);
});

Deno.test("Figure survives JSON, in which notebooks keep it", () => {
  const line = figure([{ type: "scatter", x: [1, 2], y: [3, null] }], {
    title: { text: "a line", subtitle: { text: "of two points" } },
  });
  assertEquals(JSON.parse(JSON.stringify(line)), line);
});
