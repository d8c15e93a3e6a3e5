import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { classScores } from "../../lib/images/class_scores.ts";
import { colourModel, RAW, softmax } from "./colour_model.ts";
import { pixels, plain, tensorOf } from "./image_files.ts";

await useBackend({ name: "tensorflow", quiet: true });

Deno.test("classScores() of one colour are its softmax, from each kind of views", async () => {
  const model = colourModel();
  const image = tensorOf(plain([9, 12], 255, 51, 102));
  const expected = softmax([1, 0.2, 0.4]);
  const before = tf.memory().numTensors;
  for (const views of ["centre", "ten-crop", { scales: [4, 6, 9] }] as const) {
    const scores = await classScores(model, image, {
      normalisation: RAW,
      views,
    });
    scores.dataSync().forEach((value, i) =>
      assertAlmostEquals(value, expected[i]!, 1e-6)
    );
    scores.dispose();
  }
  assertEquals(tf.memory().numTensors, before);
  tf.dispose(image);
  model.dispose();
});

Deno.test("classScores() averages the probabilities of scales", async () => {
  const model = colourModel();
  // Red in the middle, green around it: larger scales see more of the middle.
  const image = tensorOf(
    pixels([8, 8], (row, column, channel) => {
      const middle = Math.abs(row - 3.5) < 2 && Math.abs(column - 3.5) < 2;
      return channel === (middle ? 0 : 1) ? 255 : 0;
    }),
  );
  const at = async (...scales: number[]) => {
    const views = { scales };
    const options = { normalisation: RAW, views };
    const scores = await classScores(model, image, options);
    const [red = NaN] = scores.dataSync();
    scores.dispose();
    return red;
  };
  const [small, large] = [await at(4), await at(8)];
  assert(Math.abs(small - large) > 0.01);
  // Of 16 pixels of a window at offsets 0 to 4 a side 2, 3, 4, 3, 2 of 4 rows
  // and columns are red: (14 / 5)^2 / 16 = 0.49.
  assertAlmostEquals(large, softmax([0.49, 0.51, 0])[0]!, 1e-6);
  assertAlmostEquals(await at(4, 8), (small + large) / 2, 1e-6);
  image.dispose();
  model.dispose();
});

Deno.test("classScores() leaves nothing when it cannot", async () => {
  const model = colourModel();
  const image = tensorOf(plain([4, 4], 1, 2, 3));
  const before = tf.memory().numTensors;
  const mean = new Float32Array(5);
  await assertRejects(() =>
    classScores(model, image, { normalisation: { ...RAW, mean } })
  );
  assertEquals(tf.memory().numTensors, before);
  image.dispose();
  model.dispose();
});
