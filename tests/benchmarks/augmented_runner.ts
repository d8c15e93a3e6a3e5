import * as tf from "@tensorflow/tfjs";
import type { Model } from "../../lib/networks/model.ts";
import { DrawTable } from "../../lib/training/draw_table.ts";
import { imageSource } from "../../lib/training/image_source.ts";
import type { Recipe } from "../../lib/training/recipe.ts";
import { trainStep } from "../../lib/training/train_step.ts";
import type { Runner } from "./serve_runner.ts";

/** Training images of CIFAR-10. */
const COUNT = 50_000;
const PIXELS = 32 * 32;

/**
 * Steps with the whole input pipeline: draws, gathering, augmentation. What
 * the images show does not matter to their speed, so they are noise.
 */
export function augmentedRunner(model: Model, recipe: Recipe): Runner {
  const images = Uint8Array.from(
    { length: COUNT * PIXELS * 3 },
    (_, i) => Math.imul(i, 2654435761) >>> 24,
  );
  const labels = Uint8Array.from({ length: COUNT }, (_, i) => i % 10);
  const source = imageSource({ images, labels, count: COUNT }, PIXELS);
  const mean = tf.fill<tf.Rank.R2>([PIXELS, 3], 127.5);
  const step = trainStep(model, source, mean, recipe);
  const { batchSize } = recipe;
  const draws = new DrawTable({ count: COUNT, batchSize, seed: 0 });
  return async () => {
    const number = draws.step;
    const { loss, mistakes } = await step.run(draws.next(), number);
    mistakes.dispose();
    return loss;
  };
}
