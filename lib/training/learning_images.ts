import type { Dataset, LabelledImages } from "../data/dataset.ts";
import { splitTrainValidation } from "../data/split.ts";
import type { Recipe } from "./recipe.ts";

/** The images that a recipe learns from, and those that it sets aside. */
export interface LearningImages<Images = LabelledImages> {
  readonly train: Images;
  /** Images to choose by; none if the recipe sets none aside. */
  readonly validation: Images | undefined;
}

/**
 * Sets images aside as a recipe says. They are the same ones for all seeds, so
 * that runs can be compared by them.
 *
 * @throws {RangeError} If there are not that many.
 * @throws {Error} If the recipe's plateau is on images that it does not set
 * aside.
 */
export function learningImages(
  { train }: Pick<Dataset, "train">,
  recipe: Recipe,
): LearningImages {
  return setAside(train, recipe, splitTrainValidation);
}

/**
 * As {@linkcode learningImages}, of images of any kind.
 *
 * @param split Sets so many of them aside.
 */
export function setAside<Images>(
  train: Images,
  { validationImages = 0, plateau }: Recipe,
  split: (
    images: Images,
    validationCount: number,
  ) => { readonly train: Images; readonly validation: Images },
): LearningImages<Images> {
  if (validationImages > 0) return split(train, validationImages);
  if (plateau?.on === "validation") {
    throw new Error(
      "Expected validationImages of a recipe whose plateau is on the validation error but found none",
    );
  }
  return { train, validation: undefined };
}
