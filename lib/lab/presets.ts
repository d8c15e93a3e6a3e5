import type { Preset } from "../notebook/preset.ts";
import { paperRecipe, type Recipe } from "../training/recipe.ts";

/** What a preset sets. */
export interface TrainingPreset {
  readonly recipe: Recipe;
  /** Steps between two points of the curves. */
  readonly pointEvery: number;
  /** Test images that each point is of. */
  readonly testImages: number;
  /** Test images that the final error is of. */
  readonly finalTestImages: number;
}

/**
 * The recipe of R15 section 4.2 at three lengths. "smoke" is a look at the
 * first steps, "study" a run of which the curves can be read, "paper" the
 * paper's own 64,000 steps of 128 images.
 */
export function trainingPreset(preset: Preset): TrainingPreset {
  switch (preset) {
    case "smoke":
      return {
        // At 0.1 deep networks take hundreds of steps to find their feet; the
        // paper itself warms ResNet-110 up at 0.01.
        recipe: paperRecipe({
          steps: 120,
          batchSize: 32,
          learningRate: 0.01,
        }),
        pointEvery: 20,
        testImages: 200,
        finalTestImages: 500,
      };
    case "study":
      return {
        // The rate falls with the batch (Goyal et al. 2017, the linear scaling
        // rule): a step of 32 images weighs a quarter of one of 128.
        recipe: paperRecipe({
          steps: 4000,
          batchSize: 32,
          learningRate: 0.025,
        }),
        pointEvery: 160,
        testImages: 1000,
        finalTestImages: 10000,
      };
    case "paper":
      return {
        recipe: paperRecipe({ steps: 64000, batchSize: 128 }),
        pointEvery: 400,
        testImages: 10000,
        finalTestImages: 10000,
      };
  }
}
