import { assertEquals, assertThrows } from "@std/assert";
import {
  checkRecipe,
  learningRateAt,
  paperRecipe,
  type Recipe,
} from "../../lib/training/recipe.ts";

Deno.test("paperRecipe() is the paper's schedule, scaled", () => {
  const recipe = paperRecipe({ steps: 64000 });
  assertEquals(recipe.batchSize, 128);
  const rates = [0, 31999, 32000, 47999, 48000, 63999].map((step) =>
    learningRateAt(recipe, step)
  );
  assertEquals(rates, [0.1, 0.1, 0.01, 0.01, 0.001, 0.001]);
  const warm = { ...recipe, warmUp: { learningRate: 0.01, steps: 400 } };
  assertEquals([399, 400].map((step) => learningRateAt(warm, step)), [
    0.01,
    0.1,
  ]);
});

Deno.test("paperRecipe() throws on a learning rate that is none", () => {
  for (const learningRate of [0, -0.1, NaN, Infinity]) {
    assertThrows(
      () => paperRecipe({ steps: 10, learningRate }),
      RangeError,
      `Expected learningRate to be a number greater than 0 but found ${learningRate}`,
    );
  }
});

Deno.test("checkRecipe() names a word that there is not, and half a warm-up", () => {
  const wrong: [Record<string, unknown>, string][] = [
    [{ decayOn: "kernel" }, 'decayOn to be one of "all", "kernels"'],
    [{ augmentation: "crop" }, 'augmentation to be one of "crops", "none"'],
    [{ initialiser: "glorot" }, 'initialiser to be one of "he", "xavier"'],
    [{ precision: "float16" }, 'precision to be one of "float32"'],
    [{ plateau: { on: "test", patience: 2 } }, "plateau.on to be one of"],
  ];
  for (const [recipe, words] of wrong) {
    assertThrows(
      () => checkRecipe(recipe as Partial<Recipe>),
      RangeError,
      `Expected ${words}`,
    );
  }
  const halves = [
    { learningRate: 0.01 },
    { learningRate: 0.01, steps: 4, untilTrainError: 80, overSteps: 50 },
  ];
  for (const warmUp of halves) {
    assertThrows(
      () => checkRecipe({ warmUp } as Partial<Recipe>),
      TypeError,
      "Expected warmUp to have learningRate and steps, or",
    );
  }
  checkRecipe({
    ...{ decayOn: "kernels", augmentation: "none", initialiser: "xavier" },
    warmUp: { learningRate: 0.01, untilTrainError: 80, overSteps: 50 },
  });
});
