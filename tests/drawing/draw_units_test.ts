import { assert, assertEquals, assertThrows } from "@std/assert";
import { drawUnit } from "../../lib/drawing/draw_unit.ts";
import { drawUnits } from "../../lib/drawing/draw_units.ts";
import { assertReadable } from "./assert_readable.ts";
import { PLACEMENTS, SHORTCUTS } from "./example_units.ts";
import { readDrawing } from "./read_drawing.ts";

const SIX = [
  { unit: PLACEMENTS.original, title: "(a) original" },
  { unit: SHORTCUTS.constantScaling, title: "(b) constant scaling" },
  { unit: SHORTCUTS.exclusiveGating, title: "(c) exclusive gating" },
  { unit: SHORTCUTS.shortcutGating, title: "(d) shortcut-only gating" },
  { unit: SHORTCUTS.convolution, title: "(e) 1x1 convolution" },
  { unit: SHORTCUTS.dropout, title: "(f) dropout" },
].map((one) => ({ ...one, input: [32, 32, 16] }));

Deno.test("drawUnits() draws all that drawUnit() draws, and it can be read", () => {
  for (const columns of [1, 3, 4, 6]) {
    const drawing = drawUnits(SIX, { columns });
    assertReadable(drawing);
    const { boxes, circles, texts } = readDrawing(drawing);
    const single = SIX.map(({ unit, input, title }) =>
      readDrawing(drawUnit(unit, input, { title }))
    );
    assertEquals(
      boxes.map(({ label }) => label),
      single.flatMap(({ boxes }) => boxes.map(({ label }) => label)),
    );
    assertEquals(
      circles.length,
      single.reduce((sum, { circles }) => sum + circles.length, 0),
    );
    for (const { title } of SIX) {
      assert(texts.some(({ text }) => text === title), title);
    }
  }
});

Deno.test("drawUnits() puts titles of a row in line, rows below each other", () => {
  const { texts, width } = readDrawing(drawUnits(SIX, { columns: 3 }));
  const titles = SIX.map(({ title }) =>
    texts.find(({ text }) => text === title)!
  );
  const tops = titles.map(({ top }) => top);
  assertEquals(new Set(tops.slice(0, 3)).size, 1);
  assertEquals(new Set(tops.slice(3)).size, 1);
  assert(tops[3]! > tops[0]!);
  assert(titles[0]!.right < titles[1]!.left && titles[2]!.right <= width);
});

Deno.test("drawUnits() throws on no units, and on columns that are none", () => {
  assertThrows(
    () => drawUnits([]),
    RangeError,
    "Expected at least one unit to draw but found none",
  );
  assertThrows(() => drawUnits(SIX, { columns: 0 }), RangeError, "columns");
});
