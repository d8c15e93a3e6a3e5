import {
  assert,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import type { LabelledImages } from "../../lib/data/dataset.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";

const SIZES = {
  classes: 4,
  trainCount: 80,
  testCount: 40,
  height: 8,
  width: 6,
};

Deno.test("syntheticImages() has the sizes asked for, classes taking turns", () => {
  const dataset = syntheticImages({ ...SIZES, channels: 2, seed: 1 });
  assertEquals(dataset.train.images.length, 80 * 8 * 6 * 2);
  assertEquals(dataset.test.images.length, 40 * 8 * 6 * 2);
  assertEquals(dataset.train.count, 80);
  assertEquals(dataset.test.count, 40);
  assertEquals([...dataset.train.labels.slice(0, 6)], [0, 1, 2, 3, 0, 1]);
  assertEquals(dataset.classes.length, 4);
});

Deno.test("syntheticImages() repeats a seed and differs between seeds", () => {
  const make = (seed: number) => syntheticImages({ ...SIZES, seed });
  assertEquals(make(1), make(1));
  assertNotEquals(make(1).checksum, make(2).checksum);
  assertNotEquals(
    make(1).train.images.slice(0, 100),
    make(1).test.images.slice(0, 100),
  );
});

Deno.test("syntheticImages() has the same patterns however many images", () => {
  const few = syntheticImages({ ...SIZES, trainCount: 10 });
  const many = syntheticImages(SIZES);
  assertEquals(few.train.images, many.train.images.slice(0, 10 * 8 * 6 * 3));
});

Deno.test("syntheticImages() can be learnt, but not from a single pixel", () => {
  const { train, test } = syntheticImages({ trainCount: 400, testCount: 200 });
  assert(nearestMeanError(train, test, 10, 3072) < 0.02);
  assert(nearestMeanError(train, test, 10, 1) > 0.5);
});

Deno.test("syntheticImages() throws on sizes out of range", () => {
  assertThrows(
    () => syntheticImages({ classes: 257 }),
    RangeError,
    "Expected classes to be an integer from 1 to 256 but found 257",
  );
  assertThrows(() => syntheticImages({ height: 0 }), RangeError);
});

/** The error of taking each image for the class with the nearest mean. */
function nearestMeanError(
  train: LabelledImages,
  test: LabelledImages,
  classes: number,
  pixels: number,
): number {
  const size = train.images.length / train.count;
  const means = Array.from({ length: classes }, () => new Float64Array(pixels));
  for (let i = 0; i < train.count; i++) {
    const mean = means[train.labels[i]!]!;
    for (let j = 0; j < pixels; j++) {
      mean[j]! += train.images[i * size + j]! * classes / train.count;
    }
  }
  let wrong = 0;
  for (let i = 0; i < test.count; i++) {
    const distances = means.map((mean) =>
      mean.reduce((sum, m, j) => sum + (m - test.images[i * size + j]!) ** 2, 0)
    );
    const guess = distances.indexOf(Math.min(...distances));
    if (guess !== test.labels[i]) wrong++;
  }
  return wrong / test.count;
}
