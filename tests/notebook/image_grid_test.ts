import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { decodeBase64 } from "@std/encoding";
import { imageGrid } from "../../lib/notebook/image_grid.ts";
import { decodePng } from "../plots/decode_png.ts";

const drawn = (...given: Parameters<typeof imageGrid>) =>
  imageGrid(...given).bundle["image/svg+xml"] as string;

function pictures(svg: string) {
  return [...svg.matchAll(/base64,([^"]+)"/g)]
    .map(([, data]) => decodePng(decodeBase64(data!)));
}

Deno.test("imageGrid() shows the first images in their colours", () => {
  const size = { height: 1, width: 2, channels: 3 };
  const images = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  const set = { images, labels: Uint8Array.of(0, 1), count: 2 };
  const [first, second, ...rest] = pictures(drawn(set, size, ["a", "b"]));
  assertEquals([...first!.data], [1, 2, 3, 255, 4, 5, 6, 255]);
  assertEquals([...second!.data], [7, 8, 9, 255, 10, 11, 12, 255]);
  assertEquals(rest, []);
});

Deno.test("imageGrid() shows one channel as grey, and escapes captions", () => {
  const size = { height: 1, width: 1, channels: 1 };
  const set = { images: Uint8Array.of(9), labels: Uint8Array.of(0), count: 1 };
  const svg = drawn(set, size, ["a < b\n(second line)"]);
  assertEquals([...pictures(svg)[0]!.data], [9, 9, 9, 255]);
  assertStringIncludes(svg, ">a &lt; b</text>");
  assertStringIncludes(svg, ">(second line)</text>");
});

Deno.test("imageGrid() refuses no captions, or more than images", () => {
  const size = { height: 1, width: 1, channels: 1 };
  const set = { images: Uint8Array.of(9), labels: Uint8Array.of(0), count: 1 };
  for (const captions of [[], ["a", "b"]]) {
    assertThrows(
      () => imageGrid(set, size, captions),
      RangeError,
      `Expected captions of 1 to 1 images but found ${captions.length}`,
    );
  }
});
