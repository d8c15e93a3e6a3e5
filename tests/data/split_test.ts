import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import type { LabelledImages } from "../../lib/data/dataset.ts";
import { splitTrainValidation, subset } from "../../lib/data/split.ts";

/** Images of two pixels, of which the first is the index and the label too. */
function numbered(count: number): LabelledImages {
  const images = Uint8Array.from({ length: 2 * count }, (_, i) => i >> 1);
  const labels = Uint8Array.from({ length: count }, (_, i) => i);
  return { images, labels, count };
}

Deno.test("subset() throws on an index that is none of the images", () => {
  for (const index of [-1, 3, 0.5]) {
    assertThrows(
      () => subset(numbered(3), [index]),
      RangeError,
      `Expected index to be an integer from 0 to 2 but found ${index}`,
    );
  }
});

Deno.test("subset() of nothing is empty", () => {
  assertEquals(subset(numbered(3), []).count, 0);
});

Deno.test("splitTrainValidation() puts each image in one part", () => {
  const { train, validation } = splitTrainValidation(numbered(100), 30, 1);
  assertEquals([train.count, validation.count], [70, 30]);
  assertEquals(
    Uint8Array.of(...train.labels, ...validation.labels).sort(),
    numbered(100).labels,
  );
  for (const { images, labels, count } of [train, validation]) {
    assertEquals(labels, labels.toSorted());
    for (let i = 0; i < count; i++) assertEquals(images[2 * i], labels[i]);
  }
});

Deno.test("splitTrainValidation() repeats a seed and differs between seeds", () => {
  const draw = (seed: number) =>
    splitTrainValidation(numbered(100), 50, seed).validation.labels;
  assertEquals(draw(1), draw(1));
  assertNotEquals(draw(1), draw(2));
});

Deno.test("splitTrainValidation() throws if nothing is left to learn from", () => {
  assertThrows(
    () => splitTrainValidation(numbered(10), 10),
    RangeError,
    "Expected validationImages to be less than the 10 images to learn from but found 10",
  );
  assertThrows(() => splitTrainValidation(numbered(10), 0), RangeError);
});
