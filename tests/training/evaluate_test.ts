import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { build } from "../../lib/networks/model.ts";
import { evaluate } from "../../lib/training/evaluate.ts";
import { firstImages } from "../../lib/training/first_images.ts";
import { dataset, OPTIONS } from "./small_training.ts";

await useBackend({ name: "tensorflow", quiet: true });

Deno.test("evaluate() judges training images as they are", async () => {
  const model = build(OPTIONS.network, { seed: 3 });
  const { images, labels } = firstImages(dataset, 48);
  const [loss, wrong] = tf.tidy(() => {
    const logits = model.logits(images);
    const hits = tf.equal(tf.argMax(logits, 1), labels).dataSync();
    const likely = tf.logSoftmax(logits).arraySync() as number[][];
    const classes = Array.from(labels.dataSync());
    const sum = classes.reduce((sum, label, i) => sum - likely[i]![label]!, 0);
    return [sum / 48, hits.filter((hit) => !hit).length];
  });
  const found = await evaluate(model, dataset, 48, { on: "train" });
  assertAlmostEquals(found.loss, loss, 1e-4);
  assertEquals([found.error, found.images], [100 * wrong / 48, 48]);
  const tested = await evaluate(model, dataset, 48);
  assert(found.loss !== tested.loss);
  tf.dispose([images, labels]);
  model.dispose();
});

Deno.test("evaluate() throws on a number of images that there is not", async () => {
  const model = build(OPTIONS.network, { seed: 3 });
  for (const count of [0, 65, 1.5, NaN]) {
    await assertRejects(
      () => evaluate(model, dataset, count),
      RangeError,
      `Expected count to be an integer from 1 to 64 but found ${count}`,
    );
  }
  model.dispose();
});
