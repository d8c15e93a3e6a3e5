import { checkInteger } from "../data/check_integer.ts";
import { nearest } from "../networks/nearest.ts";
import {
  GLOROT_BENGIO_RECIPE,
  HIGHWAY_RECIPE,
  R15_CIFAR_RECIPE,
  R15_IMAGENET_RECIPE,
  R16_SMALL_BATCH,
  R16_WARM_UP,
  STUDY_NOTE_RECIPE,
} from "../paper/recipes.ts";
import { paperRecipe, type Recipe } from "./recipe.ts";

/** A recipe and where it is from. */
export interface NamedRecipe {
  /** Which paper and section; what is ours is said. */
  readonly source: string;
  readonly recipe: Recipe;
}

/** Mini-batches that a measured warm-up looks at: 6,400 images of R15's. */
const WARM_UP_WINDOW = 50;

const CIFAR = paperRecipe({
  steps: R15_CIFAR_RECIPE.steps,
  batchSize: R15_CIFAR_RECIPE.batchSize,
  learningRate: R15_CIFAR_RECIPE.learningRate,
  milestones: R15_CIFAR_RECIPE.milestones,
  momentum: R15_CIFAR_RECIPE.momentum,
  weightDecay: R15_CIFAR_RECIPE.weightDecay,
});

const R16_START = {
  learningRate: R16_WARM_UP.learningRate,
  steps: R16_WARM_UP.steps,
};

/** What a recipe is called by. */
export type RecipeName =
  | "cifar"
  | "cifar-110"
  | "cifar-r16"
  | "cifar-r16-1001"
  | "study-note"
  | "imagenet"
  | "glorot-bengio"
  | "highway";

/** The papers' recipes by name. */
export const RECIPES: Readonly<Record<RecipeName, NamedRecipe>> = {
  "cifar": { source: "R15 section 4.2", recipe: CIFAR },
  "cifar-110": {
    source:
      `R15 section 4.2, of ResNet-110: 0.01 until the training error is below 80 %; measured over ${WARM_UP_WINDOW} mini-batches, which is ours`,
    recipe: {
      ...CIFAR,
      warmUp: {
        learningRate: R15_CIFAR_RECIPE.warmUp.learningRate,
        untilTrainError: R15_CIFAR_RECIPE.warmUp.untilTrainError,
        overSteps: WARM_UP_WINDOW,
      },
    },
  },
  "cifar-r16": {
    source: "R16 appendix: R15's, the first 400 steps at 0.01",
    recipe: { ...CIFAR, warmUp: R16_START },
  },
  "cifar-r16-1001": {
    source:
      "R16 Table 4, of ResNet-1001: batches of 64; as many images as with 128, and so twice the steps, which is ours",
    recipe: {
      ...stretched(CIFAR, CIFAR.batchSize / R16_SMALL_BATCH.batchSize),
      batchSize: R16_SMALL_BATCH.batchSize,
      warmUp: R16_START,
    },
  },
  "study-note": {
    source:
      "the study note's ResNet-56: 200 epochs, batches of 128, a rate that falls with the epochs; 0.1 divided by 10 after 100 and 150 of them, as in R15, which is ours",
    recipe: paperRecipe({
      steps: STUDY_NOTE_RECIPE.epochs * STUDY_NOTE_RECIPE.trainImages /
        STUDY_NOTE_RECIPE.batchSize,
      batchSize: STUDY_NOTE_RECIPE.batchSize,
    }),
  },
  "imagenet": {
    source:
      "R15 section 3.4: divided by 10 when the error stands still; on 5,000 images set aside (fewer at smaller presets), for 5 points of the curve, which is ours. Scale augmentation is for images of many sizes: images of one size are padded and cropped",
    recipe: {
      batchSize: R15_IMAGENET_RECIPE.batchSize,
      steps: R15_IMAGENET_RECIPE.mostSteps,
      learningRate: R15_IMAGENET_RECIPE.learningRate,
      milestones: [],
      momentum: R15_IMAGENET_RECIPE.momentum,
      weightDecay: R15_IMAGENET_RECIPE.weightDecay,
      decayOn: "all",
      plateau: { on: "validation", patience: 5 },
      validationImages: 5000,
    },
  },
  "glorot-bengio": {
    source:
      "Glorot and Bengio 2010, section 2; the rate, 0.01, is ours: the paper chooses it for each network",
    recipe: {
      batchSize: GLOROT_BENGIO_RECIPE.batchSize,
      steps: GLOROT_BENGIO_RECIPE.mostSteps,
      learningRate: 0.01,
      milestones: [],
      momentum: GLOROT_BENGIO_RECIPE.momentum,
      weightDecay: 0,
      decayOn: "all",
      augmentation: "none",
      initialiser: GLOROT_BENGIO_RECIPE.initialisation,
    },
  },
  "highway": {
    source:
      `${HIGHWAY_RECIPE.paper}, section ${HIGHWAY_RECIPE.section}: ${HIGHWAY_RECIPE.optimiser} and a rate that falls by a schedule; the numbers are ours: R15's on CIFAR from a rate of 0.01, for want of batch normalisation`,
    recipe: { ...CIFAR, learningRate: 0.01 },
  },
};

/**
 * A recipe by its name.
 *
 * @throws {Error} If there is none; the nearest is named.
 */
export function recipeName(name: string): RecipeName {
  if (Object.hasOwn(RECIPES, name)) return name as RecipeName;
  throw new Error(
    `Expected a recipe among ${
      Object.keys(RECIPES).join(", ")
    } but found "${name}": did you mean ${
      nearest(name, Object.keys(RECIPES))
    }?`,
  );
}

/**
 * A recipe for fewer images: its schedule shrinks with the number of steps, and
 * its learning rates with the mini-batch (Goyal et al. 2017, the linear scaling
 * rule), since a step of 32 images weighs a quarter of one of 128.
 *
 * @param batchSize At most the recipe's own is taken.
 * @throws {RangeError} If a number is not an integer greater than 0.
 *
 * @example A quarter of the images, a sixteenth of the steps
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RECIPES, scaleRecipe } from "./recipes.ts";
 *
 * const { recipe } = RECIPES["cifar-r16"];
 * const scaled = scaleRecipe(recipe, { steps: 4000, batchSize: 32 });
 * assertEquals(scaled.learningRate, 0.025);
 * assertEquals(scaled.milestones, [2000, 3000]);
 * assertEquals(scaled.warmUp, { learningRate: 0.0025, steps: 25 });
 * ```
 */
export function scaleRecipe(
  recipe: Recipe,
  { steps, batchSize }: { readonly steps: number; readonly batchSize: number },
): Recipe {
  checkInteger(steps, "steps", 1);
  checkInteger(batchSize, "batchSize", 1);
  const size = Math.min(batchSize, recipe.batchSize);
  const { warmUp, learningRate } = recipe;
  const rate = (paper: number) => paper * size / recipe.batchSize;
  return stretched({
    ...recipe,
    batchSize: size,
    learningRate: rate(learningRate),
    ...warmUp && {
      warmUp: { ...warmUp, learningRate: rate(warmUp.learningRate) },
    },
  }, steps / recipe.steps);
}

/** A recipe with its schedule made longer or shorter. */
function stretched(recipe: Recipe, factor: number): Recipe {
  const { steps, milestones, warmUp } = recipe;
  const at = (step: number) => Math.round(step * factor);
  return {
    ...recipe,
    steps: at(steps),
    milestones: milestones.map(at),
    ...warmUp && "steps" in warmUp && {
      warmUp: { ...warmUp, steps: Math.max(1, at(warmUp.steps)) },
    },
  };
}
