import { assertEquals, assertThrows } from "@std/assert";
import { Canvas, encodePng } from "../../lib/plots/canvas.ts";
import { decodePng } from "./decode_png.ts";

Deno.test("encodePng() writes what a decoder reads back", () => {
  const data = Uint8ClampedArray.from({ length: 3 * 2 * 4 }, (_, i) => i * 10);
  const picture = decodePng(encodePng({ width: 3, height: 2, data }));
  assertEquals([picture.width, picture.height], [3, 2]);
  assertEquals([...picture.data], [...data]);
});

Deno.test("Canvas fills boxes and copies pixels", () => {
  const { context, pixels } = new Canvas(3, 1);
  context.fillStyle = "rgba(1, 2, 3, 1)";
  context.fillRect(0, 0, 1, 1);
  context.fillStyle = "#0a0b0c";
  context.fillRect(1, 0, 99, 99);
  const dot = context.createImageData(1, 1);
  dot.data.set([7, 8, 9, 255]);
  context.putImageData(dot, 2, 0);
  assertEquals([...pixels.data], [1, 2, 3, 255, 10, 11, 12, 255, 7, 8, 9, 255]);
});

Deno.test("Canvas throws on a colour that it does not know", () => {
  const { context } = new Canvas(1, 1);
  context.fillStyle = "papayawhip";
  assertThrows(
    () => context.fillRect(0, 0, 1, 1),
    TypeError,
    'found "papayawhip"',
  );
});
