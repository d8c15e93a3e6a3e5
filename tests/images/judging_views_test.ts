import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { centrePart, tenCrops } from "../../lib/images/judging_views.ts";
import { pixels, tensorOf } from "./image_files.ts";

await useBackend({ name: "tensorflow", quiet: true });

Deno.test("tenCrops() takes corners, middle and their mirror images", async () => {
  // Nothing is resized: the shorter side is 6 already.
  const image = tensorOf(pixels([6, 9], (row, column) => 10 * row + column));
  const crops = await tenCrops(image, { size: 4, shorterSide: 6 });
  assertEquals(crops.shape, [10, 4, 4, 3]);
  const values = crops.dataSync();
  const corner = (crop: number, row: number, column: number) =>
    values[((crop * 4 + row) * 4 + column) * 3];
  const firsts = Array.from({ length: 10 }, (_, i) => corner(i, 0, 0));
  // Rows 0, 2 or the middle 1; columns 0, 5 or the middle 2 (2.5, to even).
  assertEquals(firsts.slice(0, 5), [0, 5, 20, 25, 12]);
  assertEquals(firsts.slice(5), [3, 8, 23, 28, 15]);
  assertEquals(corner(4, 3, 3), 45);
  tf.dispose([image, crops]);
});

Deno.test("centrePart() lies where torchvision's CenterCrop does", () => {
  const { resized, top, left } = centrePart([333, 500], {
    size: 224,
    shorterSide: 256,
  });
  // int(round(16.0)), int(round(80.0)).
  assertEquals([resized, top, left], [[256, 384], 16, 80]);
  const odd = (height: number, width: number) =>
    centrePart([height, width], { size: 224, shorterSide: 227 });
  // Python's round(1.5) = 2; round(58.5) = 58.
  assertEquals([odd(227, 341).top, odd(227, 341).left], [2, 58]);
});
