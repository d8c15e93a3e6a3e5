import { syntheticImages } from "../../lib/data/synthetic.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import type { TrainOptions } from "../../lib/training/train.ts";

/** Few images of few classes. */
export const SIZES = {
  classes: 4,
  trainCount: 256,
  testCount: 64,
  height: 32,
  width: 32,
  channels: 3,
  seed: 0,
};

/** Images that a small network learns in a minute. */
export const dataset = syntheticImages(SIZES);

/** A training of some seconds. */
export const OPTIONS: TrainOptions = {
  network: cifarResNet({ depth: 8, classes: 4 }),
  dataset,
  recipe: paperRecipe({ steps: 60, batchSize: 16, learningRate: 0.05 }),
  seed: 1,
  pointEvery: 15,
};
