import { assertEquals, assertThrows } from "@std/assert";
import { perPixelMean } from "../../lib/data/per_pixel_mean.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";

Deno.test("perPixelMean() agrees with sums of whole numbers", () => {
  const { train } = syntheticImages({ trainCount: 37, height: 5, width: 4 });
  const mean = perPixelMean(train);
  assertEquals(mean.length, 5 * 4 * 3);
  for (let pixel = 0; pixel < mean.length; pixel++) {
    let sum = 0n;
    for (let i = 0; i < 37; i++) sum += BigInt(train.images[i * 60 + pixel]!);
    assertEquals(mean[pixel], Math.fround(Number(sum) / 37));
  }
});

Deno.test("perPixelMean() is exact where sums of float32 are not", () => {
  const count = 100_001;
  const images = new Uint8Array(count).fill(255);
  const mean = perPixelMean({ images, labels: new Uint8Array(count), count });
  assertEquals(mean, Float32Array.of(255));
});

Deno.test("perPixelMean() throws on no images", () => {
  const none = new Uint8Array(0);
  assertThrows(
    () => perPixelMean({ images: none, labels: none, count: 0 }),
    RangeError,
    "Expected at least one image but found none",
  );
});
