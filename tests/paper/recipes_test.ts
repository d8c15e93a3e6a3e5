import { assertEquals } from "@std/assert";
import {
  R15_CIFAR_RECIPE,
  R15_IMAGENET_RECIPE,
  R16_WARM_UP,
} from "../../lib/paper/recipes.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";

Deno.test("paperRecipe() is R15's recipe for CIFAR-10", () => {
  const { steps, milestones, split, warmUp, ...given } = R15_CIFAR_RECIPE;
  const recipe = paperRecipe({ steps });
  assertEquals(recipe.milestones, [...milestones]);
  for (
    const field of [
      "batchSize",
      "learningRate",
      "momentum",
      "weightDecay",
    ] as const
  ) {
    assertEquals(recipe[field], given[field], field);
  }
  assertEquals(split.train + split.validation, 50_000);
  assertEquals(
    [warmUp.learningRate, warmUp.aboutSteps],
    [R16_WARM_UP.learningRate, R16_WARM_UP.steps],
  );
  for (const field of ["learningRate", "momentum", "weightDecay"] as const) {
    assertEquals(R15_IMAGENET_RECIPE[field], given[field]);
  }
});
