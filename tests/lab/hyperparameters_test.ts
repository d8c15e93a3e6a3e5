import { assertEquals, assertThrows } from "@std/assert";
import { hyperparametersOf, recipeOf } from "../../lib/lab/hyperparameters.ts";
import { trainingPreset } from "../../lib/lab/presets.ts";
import { recipeName, RECIPES } from "../../lib/training/recipes.ts";

Deno.test("recipeOf() reads back what hyperparametersOf() states, of each recipe", () => {
  for (const name of Object.keys(RECIPES).map(recipeName)) {
    for (const preset of ["smoke", "study", "paper"] as const) {
      const { recipe } = trainingPreset(preset, {}, name);
      assertEquals(recipeOf(hyperparametersOf(recipe)), recipe, name);
    }
    // Of three steps two milestones are one.
    const { recipe } = trainingPreset("smoke", { steps: 2 }, name);
    assertEquals(recipeOf(hyperparametersOf(recipe)), recipe, name);
  }
});

Deno.test("recipeOf() throws on a warm-up that does not say all", () => {
  const settings = hyperparametersOf(RECIPES["cifar-110"].recipe);
  const warmup = { learningRate: 0.01, untilTrainError: 80 };
  assertThrows(
    () => recipeOf({ ...settings, warmup }),
    Error,
    "over how many steps",
  );
});
