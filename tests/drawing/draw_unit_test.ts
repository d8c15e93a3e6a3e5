import { assert, assertEquals, assertThrows } from "@std/assert";
import { drawUnit } from "../../lib/drawing/draw_unit.ts";
import {
  convolution,
  type Layer,
  residual,
  sequence,
} from "../../lib/networks/layer.ts";
import { assertReadable } from "./assert_readable.ts";
import { RESNET_34 } from "./example_networks.ts";
import {
  bottleneck,
  inception,
  PLACEMENTS,
  SHARED_PRE_ACTIVATION,
  SHORTCUTS,
  ZERO_PADDED,
} from "./example_units.ts";
import { flowAlong, readDrawing } from "./read_drawing.ts";

const INPUT = [32, 32, 16];

/** The horizontal middle of each stack of boxes and circles, from the left. */
function stacksOf(unit: Layer, input = INPUT): string[] {
  const drawing = readDrawing(drawUnit(unit, input));
  const parts = [...drawing.boxes, ...drawing.circles];
  const middles = new Set(
    parts.map(({ left, right }) => Math.round((left + right) / 2)),
  );
  return [...middles].sort((a, b) => a - b)
    .map((x) => flowAlong(drawing, x));
}

Deno.test("drawUnit() shows the placements of R16 Fig. 4 as the figure does", () => {
  // On the left the shortcut with the addition and what follows it, on the
  // right the layers: weights, normalisations and activations.
  assertEquals(stacksOf(PLACEMENTS.original), ["+a", "wnawn"]);
  assertEquals(stacksOf(PLACEMENTS.normAfterAddition), ["+na", "wnaw"]);
  assertEquals(stacksOf(PLACEMENTS.reluBeforeAddition), ["+", "wnawna"]);
  assertEquals(stacksOf(PLACEMENTS.reluOnly), ["+", "awnawn"]);
  assertEquals(stacksOf(PLACEMENTS.preActivation), ["+", "nawnaw"]);
});

Deno.test("drawUnit() shows the shortcuts of R16 Fig. 2", () => {
  assertEquals(stacksOf(SHORTCUTS.constantScaling), ["p+a", "wnawnp"]);
  // From the left: shortcut, 1 -, gate, layers.
  assertEquals(stacksOf(SHORTCUTS.exclusiveGating), [
    "×+a",
    "p",
    "wa",
    "wnawn×",
  ]);
  assertEquals(stacksOf(SHORTCUTS.shortcutGating), ["×+a", "p", "wa", "wnawn"]);
  assertEquals(stacksOf(SHORTCUTS.convolution), ["w+a", "wnawn"]);
  assertEquals(stacksOf(SHORTCUTS.dropout), ["p+a", "wnawn"]);
});

Deno.test("drawUnit() shows where dimensions change", () => {
  const notes = (unit: Layer, input: number[]) =>
    readDrawing(drawUnit(unit, input)).texts.map(({ text }) => text)
      .filter((text) => !text.startsWith("x"));
  assertEquals(notes(PLACEMENTS.original, INPUT), ["32x32x16", "32x32x16"]);
  assertEquals(notes(bottleneck("unit", 128, true, 2), [56, 56, 256]), [
    "56x56x256",
    "28x28x128", // conv1
    "28x28x512", // conv3
    "28x28x512", // projection
    "28x28x512",
  ]);
  const shortcuts = (unit: Layer) =>
    readDrawing(drawUnit(unit, INPUT)).lines.filter(({ classes }) =>
      classes[0] === "shortcut"
    );
  assert(shortcuts(ZERO_PADDED).every(({ dotted }) => dotted));
  assert(shortcuts(SHORTCUTS.convolution).every(({ dotted }) => !dotted));
  assertEquals(shortcuts(PLACEMENTS.original).length, 1);
  // Before and after the box.
  assertEquals(shortcuts(ZERO_PADDED).length, 2);
});

Deno.test("drawUnit() puts what both ways share above where they part", () => {
  assertEquals(stacksOf(SHARED_PRE_ACTIVATION), ["naw+", "wnaw"]);
  const { boxes, lines } = readDrawing(
    drawUnit(SHARED_PRE_ACTIVATION, INPUT),
  );
  const parting = lines.find(({ classes }) => classes[0] === "shortcut")!
    .points[0]![1];
  assertEquals(boxes.map(({ bottom }) => bottom < parting), [
    ...Array(2).fill(true),
    ...Array(5).fill(false),
  ]);
});

Deno.test("drawUnit() puts branches side by side", () => {
  assertEquals(stacksOf(inception("3a"), [28, 28, 192]), [
    "wa",
    "wawa",
    "p",
    "wawa",
    "pwa",
  ]);
});

Deno.test("drawUnit() can be read, whatever the unit", () => {
  const nested = residual("outer", [
    convolution("first", 16, 3),
    PLACEMENTS.preActivation,
    SHORTCUTS.exclusiveGating,
  ]);
  const units: [Layer, number[]][] = [
    ...[...Object.values(PLACEMENTS), ...Object.values(SHORTCUTS)].map(
      (unit): [Layer, number[]] => [unit, INPUT],
    ),
    [SHARED_PRE_ACTIVATION, INPUT],
    [ZERO_PADDED, INPUT],
    [bottleneck("unit", 128, true, 2), [56, 56, 256]],
    [inception("3a"), [28, 28, 192]],
    [nested, INPUT],
    [residual("empty", [], []), INPUT],
    [convolution("one", 4, 3), INPUT],
    [sequence("none", []), INPUT],
  ];
  for (const [unit, input] of units) {
    for (const title of [undefined, "a title that is wider than any unit is"]) {
      assertReadable(
        drawUnit(unit, input, title === undefined ? {} : { title }),
      );
    }
  }
});

Deno.test("drawUnit() tells those who do not see what it shows", () => {
  const { root } = readDrawing(
    drawUnit(SHORTCUTS.convolution, INPUT, { title: "<b> & co" }),
  );
  assertEquals(root.querySelector("title")?.textContent, "<b> & co");
  assertEquals(
    root.querySelector("desc")?.textContent,
    "From 32x32x16 to 32x32x16. Layers: 3x3 conv, 16; BN; ReLU; 3x3 conv, 16; BN; ReLU. " +
      "On the shortcut or its gate: 1x1 conv, 16.",
  );
});

Deno.test("drawUnit() throws where shapes do not fit", () => {
  assertThrows(
    () => drawUnit(residual("unit", [convolution("conv", 8, 3)]), INPUT),
    RangeError,
    "Expected both ways of unit to give the same shape",
  );
});

Deno.test("drawUnit() refuses a network, as a notebook's cell may hand it", () => {
  assertThrows(
    () => drawUnit(RESNET_34 as unknown as Layer, INPUT),
    TypeError,
    "Expected a unit but found a network, ResNet-34: take the unit of one of unitsOf(network)",
  );
});
