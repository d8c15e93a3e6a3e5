import { equal } from "@std/assert";
import { checkInteger } from "../data/check_integer.ts";
import { checkRecipe, type Recipe } from "../training/recipe.ts";
import type { Preset } from "../training/preset_names.ts";
import { type RecipeName, RECIPES, scaleRecipe } from "../training/recipes.ts";

/** What a preset sets. */
export interface TrainingPreset {
  readonly recipe: Recipe;
  /** Steps between two points of the curves. */
  readonly pointEvery: number;
  /** Test images that each point is of. */
  readonly testImages: number;
  /** Test images that the final error is of. Default all. */
  readonly finalTestImages?: number;
}

/** How a preset scales a recipe, and how closely it looks at the network. */
interface Scale {
  /** None: the paper's own numbers. */
  readonly size?: { readonly steps: number; readonly batchSize: number };
  /** What the learning rate is divided by, besides. */
  readonly slower?: number;
  /** Points of the curves. */
  readonly points: number;
  readonly testImages: number;
  /** Default all. */
  readonly finalTestImages?: number;
}

const SCALES: Readonly<Record<Preset, Scale>> = {
  smoke: {
    size: { steps: 72, batchSize: 32 },
    // At the rate of "study" deep networks take hundreds of steps to find their
    // feet, plain-56 over a thousand; this one is what the paper itself warms
    // ResNet-110 up at.
    slower: 2.5,
    points: 6,
    testImages: 200,
    finalTestImages: 500,
  },
  study: {
    size: { steps: 2500, batchSize: 32 },
    points: 25,
    testImages: 1000,
    finalTestImages: 10000,
  },
  paper: { points: 160, testImages: 10000 },
};

/**
 * A paper's recipe at three lengths. "smoke" is a look at the first steps,
 * "study" a run of which the curves can be read, "paper" the paper's own
 * numbers: 64,000 steps of 128 images of R15 section 4.2.
 *
 * @param changes Settings to use in place of the preset's. With another number
 * of steps the schedule is scaled to it, and a curve keeps its number of
 * points. With another size of mini-batch the learning rate stays.
 * @param name Which recipe. Default "cifar", R15's.
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If a change is no number of its kind.
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
  name: RecipeName = "cifar",
): TrainingPreset {
  const { size, slower = 1, points, ...images } = SCALES[preset];
  const { recipe: paper } = RECIPES[name];
  checkRecipe(changes);
  checkChanges(changes);
  const scaled = scaleRecipe(paper, {
    steps: changes.steps ?? size?.steps ?? paper.steps,
    batchSize: size?.batchSize ?? paper.batchSize,
  });
  const { validationImages: aside } = scaled;
  const recipe = {
    ...scaled,
    learningRate: scaled.learningRate / slower,
    // A point looks at no more of them than of test images.
    ...aside !== undefined && {
      validationImages: Math.min(aside, images.testImages),
    },
    ...changes,
  };
  const pointEvery = Math.max(1, Math.round(recipe.steps / points));
  return { recipe, pointEvery, ...images };
}

/** The preset that a recipe is, "custom" if it is not the one it began as. */
export function presetOf(
  recipe: Recipe,
  preset: Preset,
  name?: RecipeName,
): Preset | "custom" {
  const unchanged = trainingPreset(preset, {}, name).recipe;
  return equal(recipe, unchanged) ? preset : "custom";
}

function checkChanges(changes: Partial<Recipe>): void {
  const { steps = 1, batchSize = 1, validationImages = 0 } = changes;
  checkInteger(steps, "steps", 1);
  checkInteger(batchSize, "batchSize", 1);
  checkInteger(validationImages, "validationImages", 0);
  const { learningRate = 1 } = changes;
  if (learningRate > 0 && learningRate < Infinity) return;
  throw new RangeError(
    `Expected learningRate to be a number greater than 0 but found ${learningRate}`,
  );
}
