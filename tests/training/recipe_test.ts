import { assertEquals, assertThrows } from "@std/assert";
import { learningRateAt, paperRecipe } from "../../lib/training/recipe.ts";

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
