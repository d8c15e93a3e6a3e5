import { equal } from "@std/assert";
import { paperRecipe, type Recipe } from "../training/recipe.ts";

/** How much is computed. */
export type Preset = "smoke" | "study" | "paper";

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
 *
 * @param changes Settings to use in place of the preset's. With another number
 * of steps the schedule is scaled to it, and a curve keeps its number of
 * points.
 *
 * @example Another learning rate, fewer steps
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { trainingPreset } from "./presets.ts";
 *
 * const { recipe } = trainingPreset("smoke", { learningRate: 0.1, steps: 40 });
 * assertEquals([recipe.learningRate, recipe.batchSize], [0.1, 32]);
 * assertEquals(recipe.milestones, [20, 30]);
 * ```
 */
export function trainingPreset(
  preset: Preset,
  changes: Partial<Recipe> = {},
): TrainingPreset {
  const { recipe, pointEvery, ...images } = unchanged(preset);
  const { milestones: _, ...settings } = recipe;
  const changed = paperRecipe({ ...settings, ...changes });
  const scale = changed.steps / recipe.steps;
  return {
    recipe: changed,
    pointEvery: Math.max(1, Math.round(pointEvery * scale)),
    ...images,
  };
}

/** The preset that a recipe is, "custom" if it is not the one it began as. */
export function presetOf(recipe: Recipe, preset: Preset): Preset | "custom" {
  return equal(recipe, unchanged(preset).recipe) ? preset : "custom";
}

function unchanged(preset: Preset): TrainingPreset {
  switch (preset) {
    case "smoke":
      return {
        // At 0.1 deep networks take hundreds of steps to find their feet; the
        // paper itself warms ResNet-110 up at 0.01.
        recipe: paperRecipe({
          steps: 96,
          batchSize: 32,
          learningRate: 0.01,
        }),
        pointEvery: 16,
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
