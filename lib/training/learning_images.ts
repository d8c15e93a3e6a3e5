import { checkInteger } from "../data/check_integer.ts";
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
 * @throws {RangeError} If there are not that many, and one to learn from.
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
export function setAside<Images extends { readonly count: number }>(
  train: Images,
  { validationImages = 0, plateau }: Recipe,
  split: (
    images: Images,
    validationImages: number,
  ) => { readonly train: Images; readonly validation: Images },
): LearningImages<Images> {
  checkInteger(validationImages, "validationImages", 0);
  if (validationImages > 0) {
    try {
      return split(train, validationImages);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new RangeError(
        `${error.message}: set fewer aside by validationImages in the recipe, or --validation on the command line`,
        { cause: error },
      );
    }
  }
  if (plateau?.on === "validation") {
    throw new Error(
      'Expected validationImages of a recipe whose plateau is on the validation error but found none: set some aside by validationImages in the recipe, or --validation on the command line, or have the plateau on "train"',
    );
  }
  return { train, validation: undefined };
}
