import { assert, assertEquals } from "@std/assert";
import { draw } from "../../lib/drawing/draw.ts";
import { networkOf } from "./example_networks.ts";
import {
  inception,
  PLACEMENTS,
  SHARED_PRE_ACTIVATION,
  SHORTCUTS,
} from "./example_units.ts";
import { arcsOf, boxesOf, flowAlong, readDrawing } from "./read_drawing.ts";

/** Where the flow of a drawing's only network is. */
function flowOf(svg: string): string {
  const drawing = readDrawing(svg);
  const image = drawing.boxes.find(({ classes }) => classes[0] === "image")!;
  return flowAlong(drawing, (image.left + image.right) / 2);
}

Deno.test("draw() tells the five placements of R16 Fig. 4 apart", () => {
  const flow = (unit: keyof typeof PLACEMENTS) =>
    flowOf(draw(networkOf(unit, PLACEMENTS[unit])));
  // Image, convolution, normalisation, activation; pooling and classifier.
  const around = (unit: string) => `pwna${unit}pw`;
  assertEquals(flow("original"), around("wnawn+a"));
  assertEquals(flow("normAfterAddition"), around("wnaw+na"));
  assertEquals(flow("reluBeforeAddition"), around("wnawna+"));
  assertEquals(flow("reluOnly"), around("awnawn+"));
  assertEquals(flow("preActivation"), around("nawnaw+"));
});

Deno.test("draw() puts a shared BN and ReLU before the ways part", () => {
  const drawing = readDrawing(
    draw(networkOf("shared", SHARED_PRE_ACTIVATION)),
  );
  const [arc] = arcsOf(drawing);
  const bars = drawing.boxes.filter(({ classes }) => classes[0] === "bar");
  // One pair after the first convolution, one shared, one inside the unit.
  assertEquals(bars.length, 6);
  assertEquals(
    bars.filter(({ bottom }) => bottom < arc!.points[0]![1]).length,
    4,
  );
  assert(drawing.texts.some(({ text }) => text === "1x1 conv, 32, /2"));
});

Deno.test("draw() shows what is on a shortcut", () => {
  const words = (unit: keyof typeof SHORTCUTS) => {
    const drawing = readDrawing(draw(networkOf(unit, SHORTCUTS[unit])));
    return [
      ...drawing.texts.map(({ text }) => text.trim()),
      ...drawing.circles.map(({ sign }) => sign),
    ];
  };
  const has = (unit: keyof typeof SHORTCUTS, expected: string[]) => {
    const all = words(unit);
    for (const one of expected) assert(all.includes(one), `${unit}: ${one}`);
  };
  has("constantScaling", ["× 0.5"]);
  has("dropout", ["dropout 0.5"]);
  has("convolution", ["1x1 conv, 16"]);
  has("exclusiveGating", ["1 − g", "g: 1x1 conv, 16", "sigmoid", "g"]);
  has("shortcutGating", ["1 − g", "g: 1x1 conv, 16", "sigmoid"]);
  const products = (unit: keyof typeof SHORTCUTS) =>
    words(unit).filter((word) => word === "×").length;
  assertEquals(products("exclusiveGating"), 2);
  assertEquals(products("shortcutGating"), 1);
  assertEquals(products("dropout"), 0);
});

Deno.test("draw() puts branches side by side above their concatenation", () => {
  const drawing = readDrawing(
    draw(networkOf("inception", inception("3a", [64, 96, 128, 16, 32, 32]))),
  );
  const [join] = boxesOf(drawing, "join");
  assertEquals(join!.label, "concat, 256"); // 64 + 128 + 32 + 32
  const named = (label: string) =>
    drawing.boxes.find((box) => box.label === label)!;
  const tops = ["1x1 conv, 64", "1x1 conv, 96", "1x1 conv, 16", "3x3 max pool"]
    .map(named);
  assertEquals(new Set(tops.map(({ top }) => top)).size, 1);
  const bottoms = [
    "1x1 conv, 64",
    "3x3 conv, 128",
    "5x5 conv, 32",
    "1x1 conv, 32",
  ].map(named);
  for (const box of [...tops, ...bottoms]) {
    assert(box.bottom < join!.top);
    assert(box.left >= join!.left && box.right <= join!.right);
  }
  const lefts = bottoms.map(({ left }) => left);
  assertEquals(lefts, lefts.toSorted((a, b) => a - b));
});
