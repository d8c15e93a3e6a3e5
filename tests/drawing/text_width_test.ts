import { assert, assertEquals } from "@std/assert";
import { widthOf } from "../../lib/drawing/text_width.ts";
import { textWidth } from "../../lib/plots/rasterize.ts";

Deno.test("widthOf() is enough for what a renderer draws, and little more", () => {
  for (
    const text of ["3x3 conv, 512, /2", "image, 224x224x3", "ResNet-152", "WM"]
  ) {
    for (const bold of [false, true]) {
      const drawn = textWidth(text, bold) * 11;
      const width = widthOf(text, 11, bold);
      // Renderers move some letters closer together.
      assert(
        drawn <= width && width <= 1.1 * drawn,
        `${text}: ${width / drawn}`,
      );
    }
  }
});

Deno.test("widthOf() leaves room for letters that are not in its table", () => {
  assert(widthOf("신경망", 10) >= 30);
  assertEquals(widthOf("", 10), 0);
});
