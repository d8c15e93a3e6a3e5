import { type Precision, PRECISIONS } from "../backends/precision.ts";
import { checkInteger } from "../data/check_integer.ts";
import { checkOneOf } from "../data/check_one_of.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";

/** All that weight decay can be asked to apply to. */
export const DECAY_ON = ["all", "kernels"] as const;

/** Which parameters weight decay applies to. */
export type DecayOn = typeof DECAY_ON[number];

/** All augmentations that a recipe can have. */
export const AUGMENTATIONS = ["crops", "none"] as const;

/** All initialisers that a recipe can have. */
export const INITIALISER_NAMES = ["he", "xavier", "standard"] as const;

/** What kernels are drawn from: see `lib/networks/initialisers.ts`. */
export type InitialiserName = typeof INITIALISER_NAMES[number];

/** The errors that a plateau can be of. */
export const PLATEAUS_ON = ["train", "validation"] as const;

/** How a network is trained. */
export interface Recipe {
  /** Images in a mini-batch. */
  readonly batchSize: number;
  /** Number of updates. */
  readonly steps: number;
  /** Learning rate at the start. */
  readonly learningRate: number;
  /** Steps at which the learning rate is divided by 10. */
  readonly milestones: readonly number[];
  /** Part of the last update that the next one keeps. */
  readonly momentum: number;
  /** Part of a parameter that is added to its gradient. */
  readonly weightDecay: number;
  /**
   * What weight decay applies to: all parameters, as in the papers' own code,
   * or kernels only, not batch normalisation's scales and shifts, nor biases.
   * Never the slopes of parametric ReLUs (He et al. 2015, "Delving deep into
   * rectifiers", section 2.1).
   */
  readonly decayOn: DecayOn;
  /** Another learning rate at the start, and for how long. */
  readonly warmUp?: WarmUp;
  /** Divides the learning rate by 10 when an error stands still, besides. */
  readonly plateau?: Plateau;
  /**
   * Training images to set aside, to choose by: R15 has 5,000 of CIFAR-10's
   * 50,000. Default none.
   */
  readonly validationImages?: number;
  /**
   * Default "crops": R15 section 4.2's, of padded and mirrored images; of images
   * that are read from files section 3.4's, of scaled, cropped and mirrored ones.
   */
  readonly augmentation?: typeof AUGMENTATIONS[number];
  /** What kernels are drawn from. Default "he". */
  readonly initialiser?: InitialiserName;
  /**
   * The numbers that training steps compute with; errors are measured in
   * float32. Default "float32".
   */
  readonly precision?: Precision;
}

const WARM_UP_OPTIONS = {
  learningRate: true,
  steps: true,
  untilTrainError: true,
  overSteps: true,
} as const;

const PLATEAU_OPTIONS: OptionNames<Plateau> = { on: true, patience: true };

const RECIPE_OPTIONS: OptionNames<Recipe> = {
  batchSize: true,
  steps: true,
  learningRate: true,
  milestones: true,
  momentum: true,
  weightDecay: true,
  decayOn: true,
  warmUp: true,
  plateau: true,
  validationImages: true,
  augmentation: true,
  initialiser: true,
  precision: true,
};

/**
 * Checks that a recipe, or a part of one, has only settings that there are, and
 * only words that they can have.
 *
 * @throws {TypeError} If it has another setting, or half a warm-up.
 * @throws {RangeError} If a setting has another word; what there is is named.
 */
export function checkRecipe(recipe: Partial<Recipe>): void {
  checkOptions(recipe, RECIPE_OPTIONS, "recipe");
  const { warmUp, plateau } = recipe;
  if (warmUp !== undefined) checkWarmUp(warmUp);
  if (plateau !== undefined) {
    checkOptions(plateau, PLATEAU_OPTIONS, "plateau");
    checkOneOf(plateau.on, PLATEAUS_ON, "plateau.on");
  }
  const { decayOn, augmentation, initialiser, precision } = recipe;
  if (decayOn !== undefined) checkOneOf(decayOn, DECAY_ON, "decayOn");
  if (augmentation !== undefined) {
    checkOneOf(augmentation, AUGMENTATIONS, "augmentation");
  }
  if (initialiser !== undefined) {
    checkOneOf(initialiser, INITIALISER_NAMES, "initialiser");
  }
  if (precision !== undefined) checkOneOf(precision, PRECISIONS, "precision");
}

function checkWarmUp(warmUp: WarmUp): void {
  checkOptions(warmUp, WARM_UP_OPTIONS, "warmUp");
  const given = Object.keys(warmUp).sort().join();
  if (
    ["learningRate,steps", "learningRate,overSteps,untilTrainError"]
      .includes(given)
  ) return;
  throw new TypeError(
    `Expected warmUp to have learningRate and steps, or learningRate, untilTrainError and overSteps, but found ${given}`,
  );
}

/** The learning rate at the start, and for how long. */
export type WarmUp =
  | { readonly learningRate: number; readonly steps: number }
  | {
    readonly learningRate: number;
    /**
     * Until so many percent of the images are classified wrongly in training,
     * over `overSteps` mini-batches.
     */
    readonly untilTrainError: number;
    /** Mini-batches that the error is measured over. */
    readonly overSteps: number;
  };

/** When an error has stood still. */
export interface Plateau {
  /**
   * Which error: of the mini-batches, or of the images that are set aside.
   * There is no choosing by test images.
   */
  readonly on: typeof PLATEAUS_ON[number];
  /** Points of the curve without a new best after which the rate falls. */
  readonly patience: number;
}

/** The number of updates in R15 section 4.2. */
export const PAPER_STEPS = 64000;

/**
 * The recipe of R15 section 4.2, its schedule scaled to a number of steps: SGD
 * with momentum 0.9, weight decay 1e-4 on all parameters, learning rate 0.1
 * divided by 10 at half and at three quarters of the steps (32k and 48k of
 * 64k).
 *
 * @param options `steps` and `batchSize` (default 128); any other setting of
 * {@linkcode Recipe} in place of the paper's.
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If `steps` or `batchSize` is not an integer greater than
 * 0, or `learningRate` not a number greater than 0.
 *
 * @example The paper's schedule
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { paperRecipe } from "./recipe.ts";
 *
 * assertEquals(paperRecipe({ steps: 64000 }).milestones, [32000, 48000]);
 * ```
 */
export function paperRecipe(
  options: Partial<Recipe> & { readonly steps: number },
): Recipe {
  checkRecipe(options);
  const { steps, learningRate = 0.1 } = options;
  checkInteger(steps, "steps", 1);
  checkInteger(options.batchSize ?? 128, "batchSize", 1);
  if (!(learningRate > 0 && learningRate < Infinity)) {
    throw new RangeError(
      `Expected learningRate to be a number greater than 0 but found ${learningRate}`,
    );
  }
  return {
    batchSize: 128,
    learningRate,
    milestones: [Math.round(steps / 2), Math.round(3 * steps / 4)],
    momentum: 0.9,
    weightDecay: 1e-4,
    decayOn: "all",
    ...options,
  };
}

/**
 * The learning rate of the update number `step`, counted from 0, by the schedule
 * alone: what depends on measured errors is `Schedule`'s.
 */
export function learningRateAt(recipe: Recipe, step: number): number {
  const { learningRate, milestones, warmUp } = recipe;
  if (warmUp !== undefined && "steps" in warmUp && step < warmUp.steps) {
    return warmUp.learningRate;
  }
  const passed = milestones.filter((milestone) => step >= milestone).length;
  return learningRate / 10 ** passed;
}
