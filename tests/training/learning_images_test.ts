import { assertEquals, assertThrows } from "@std/assert";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { learningImages } from "../../lib/training/learning_images.ts";
import { RECIPES } from "../../lib/training/recipes.ts";

const dataset = syntheticImages({ trainCount: 30, testCount: 1 });
// Its plateau is on the validation error.
const { recipe } = RECIPES.imagenet;

Deno.test("learningImages() sets images aside, as many as there are but one", () => {
  const found = learningImages(dataset, { ...recipe, validationImages: 29 });
  assertEquals([found.train.count, found.validation?.count], [1, 29]);
});

Deno.test("learningImages() names the setting that is wrong, and a way out", () => {
  assertThrows(
    () => learningImages(dataset, recipe),
    RangeError,
    "Expected validationImages to be less than the 30 images to learn from but found 5000: set fewer aside by validationImages in the recipe, or --validation on the command line",
  );
  assertThrows(
    () => learningImages(dataset, { ...recipe, validationImages: 0 }),
    Error,
    'but found none: set some aside by validationImages in the recipe, or --validation on the command line, or have the plateau on "train"',
  );
  for (const wrong of [-1, 2.5, NaN]) {
    assertThrows(
      () => learningImages(dataset, { ...recipe, validationImages: wrong }),
      RangeError,
      `Expected validationImages to be an integer of at least 0 but found ${wrong}`,
    );
  }
});
