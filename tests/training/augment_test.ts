import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { augmentationDraws } from "../../lib/data/batches.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { perPixelMean } from "../../lib/data/per_pixel_mean.ts";
import { augment, PADDING } from "../../lib/training/augment.ts";
import { imageSource } from "../../lib/training/image_source.ts";

await useBackend({ name: "tensorflow", quiet: true });

const HEIGHT = 6;
const WIDTH = 5;
const CHANNELS = 3;
const { train } = syntheticImages({
  classes: 3,
  trainCount: 20,
  testCount: 1,
  height: HEIGHT,
  width: WIDTH,
  channels: CHANNELS,
  seed: 1,
});
const mean = perPixelMean(train);

/** The paper's words, pixel by pixel: pad, mirror, crop. */
function expected(image: number, top: number, left: number, flip: number) {
  const padded = (row: number, column: number, channel: number) => {
    const y = row - PADDING;
    const x = column - PADDING;
    if (y < 0 || y >= HEIGHT || x < 0 || x >= WIDTH) return 0;
    const at = (y * WIDTH + x) * CHANNELS + channel;
    const value = train.images[image * HEIGHT * WIDTH * CHANNELS + at]!;
    return (value - mean[at]!) / 255;
  };
  const values: number[] = [];
  for (let row = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++) {
      const x = left + column;
      // The mirror image of the padded image.
      const source = flip ? WIDTH + 2 * PADDING - 1 - x : x;
      for (let channel = 0; channel < CHANNELS; channel++) {
        values.push(padded(top + row, source, channel));
      }
    }
  }
  return values;
}

Deno.test("augment() pads, mirrors and crops as R15 section 4.2 says", () => {
  const source = imageSource(train, HEIGHT * WIDTH);
  const draw = augmentationDraws({ count: 20, batchSize: 16, seed: 3 }).next();
  const batch = source.batch(draw.indices);
  const crops = {
    offsets: tf.tensor2d(draw.offsets, [16, 2]),
    flips: tf.tensor1d(draw.flips),
  };
  const table = tf.tensor2d(mean, [HEIGHT * WIDTH, CHANNELS]);
  const images = augment(batch, crops, table, [HEIGHT, WIDTH]);
  assertEquals(images.shape, [16, HEIGHT, WIDTH, CHANNELS]);
  const actual = images.dataSync();
  const wanted = Array.from(
    draw.indices,
    (image, i) =>
      expected(
        image,
        draw.offsets[2 * i]!,
        draw.offsets[2 * i + 1]!,
        draw.flips[i]!,
      ),
  ).flat();
  assertEquals(actual.length, wanted.length);
  wanted.forEach((value, i) => assertAlmostEquals(actual[i]!, value, 1e-6));
  assertEquals(
    Array.from(batch.labels.dataSync()),
    Array.from(draw.indices, (image) => train.labels[image]),
  );
  batch.free();
  source.dispose();
});
