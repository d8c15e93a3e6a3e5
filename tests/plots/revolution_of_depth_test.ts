import { assert, assertEquals } from "@std/assert";
import type { BarTrace } from "../../lib/plots/figure.ts";
import { revolutionOfDepth } from "../../lib/plots/revolution_of_depth.ts";
import { toPng } from "../../lib/plots/render.ts";

Deno.test("revolutionOfDepth() falls from 28.2 to 3.57", () => {
  const [errors] = revolutionOfDepth().data as BarTrace[];
  assertEquals(errors?.y, [28.2, 25.8, 16.4, 11.7, 7.3, 6.7, 3.57]);
  assertEquals(errors?.x[2], "AlexNet<br>2012");
});

Deno.test("revolutionOfDepth() draws a stroke for each layer", () => {
  const strokes = revolutionOfDepth().layout!.shapes!;
  const places = Map.groupBy(strokes, ({ x0, x1 }) => (x0 + x1) / 2);
  assertEquals(
    [...places].map(([place, all]) => [Math.round(place), all.length]),
    [[2, 8], [3, 8], [4, 19], [5, 22], [6, 152]],
  );
  assert(strokes.every(({ xref, yref }) => xref === "x2" && yref === "y2"));
  const heights = places.get(6)!.map(({ y0 }) => y0);
  assertEquals([heights[0], heights.at(-1)], [1, 152]);
});

Deno.test("revolutionOfDepth() is drawn without a browser", async () => {
  const picture = await toPng(revolutionOfDepth(), { scale: 1 });
  assert(picture.length > 10_000);
});
