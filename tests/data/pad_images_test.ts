import { assertEquals, assertThrows } from "@std/assert";
import { padImages } from "../../lib/data/pad_images.ts";

Deno.test("padImages() puts each image in the middle of zeros", () => {
  const images = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  // deno-fmt-ignore
  const expected = Uint8Array.of(
    0, 0, 0, 0,
    0, 1, 2, 0,
    0, 3, 4, 0,
    0, 0, 0, 0,

    0, 0, 0, 0,
    0, 5, 6, 0,
    0, 7, 8, 0,
    0, 0, 0, 0,
  );
  assertEquals(padImages(images, 2, 1), expected);
  assertEquals(padImages(images, 2, 0), images);
});

Deno.test("padImages() throws on a part of an image", () => {
  assertThrows(
    () => padImages(new Uint8Array(9), 2, 1),
    RangeError,
    "Expected the number of images to be an integer of at least 0 but found 2.25",
  );
});
