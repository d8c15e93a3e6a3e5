import type { RunRecord } from "../records/schema.ts";
import { learningRateAt, type Recipe } from "../training/recipe.ts";

/** A recipe as records state it. */
export function hyperparametersOf(
  recipe: Recipe,
): RunRecord["hyperparameters"] {
  const { batchSize, steps, learningRate, momentum, weightDecay, warmUp } =
    recipe;
  const { plateau, validationImages, augmentation, initialiser = "he" } =
    recipe;
  const { precision = "float32" } = recipe;
  return {
    batchSize,
    steps,
    learningRate,
    // In a run of very few steps two milestones may be one.
    schedule: [...new Set(recipe.milestones)].map((step) => ({
      step,
      learningRate: learningRateAt(recipe, step),
    })),
    momentum,
    weightDecay,
    weightDecayOn: recipe.decayOn,
    ...warmUp && { warmup: { ...warmUp } },
    ...plateau && { plateau },
    ...validationImages && { validationImages },
    ...augmentation === "none" && { augmentation },
    ...initialiser !== "he" && { initialiser },
    ...precision !== "float32" && { precision },
  };
}

/**
 * The recipe that a record states: of {@linkcode hyperparametersOf} the inverse.
 *
 * @throws {Error} If it has a warm-up of which it does not say how its end is
 * measured.
 */
export function recipeOf(settings: RunRecord["hyperparameters"]): Recipe {
  const { batchSize, steps, learningRate, momentum, weightDecay } = settings;
  const { warmup, plateau, validationImages, augmentation, initialiser } =
    settings;
  const { precision } = settings;
  return {
    ...{ batchSize, steps, learningRate, momentum, weightDecay },
    milestones: milestonesOf(settings),
    decayOn: settings.weightDecayOn,
    ...warmup && { warmUp: warmUpOf(warmup) },
    ...plateau && { plateau },
    ...validationImages !== undefined && { validationImages },
    ...augmentation && { augmentation },
    ...initialiser && { initialiser },
    ...precision && { precision },
  };
}

/** Each step as often as the rate is divided by 10 there. */
function milestonesOf(
  { learningRate, schedule }: RunRecord["hyperparameters"],
): number[] {
  let before = learningRate;
  return schedule.flatMap(({ step, learningRate: rate }) => {
    const times = Math.max(0, Math.round(Math.log10(before / rate)));
    before = rate;
    return Array<number>(times).fill(step);
  });
}

function warmUpOf(
  warmUp: NonNullable<RunRecord["hyperparameters"]["warmup"]>,
): NonNullable<Recipe["warmUp"]> {
  if ("steps" in warmUp) return warmUp;
  const { overSteps, ...rest } = warmUp;
  if (overSteps !== undefined) return { ...rest, overSteps };
  throw new Error(
    "Expected a warm-up that says over how many steps its error is measured but found none",
  );
}
