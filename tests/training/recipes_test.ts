import { assertEquals, assertThrows } from "@std/assert";
import { trainingPreset } from "../../lib/lab/presets.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import {
  recipeName,
  RECIPES,
  scaleRecipe,
} from "../../lib/training/recipes.ts";

// The figures below are typed from the papers' text, not from the code.

Deno.test("R15's recipes are the paper's", () => {
  assertEquals(RECIPES.cifar.recipe, {
    batchSize: 128,
    steps: 64000,
    learningRate: 0.1,
    milestones: [32000, 48000],
    momentum: 0.9,
    weightDecay: 1e-4,
    decayOn: "all",
  });
  assertEquals(RECIPES["cifar-110"].recipe.warmUp, {
    learningRate: 0.01,
    untilTrainError: 80,
    overSteps: 50,
  });
  const { batchSize, steps, plateau, weightDecay } = RECIPES.imagenet.recipe;
  assertEquals([batchSize, steps, weightDecay], [256, 600000, 1e-4]);
  assertEquals(plateau?.on, "validation");
});

Deno.test("R16's recipes are R15's with a warm-up of 400 steps", () => {
  const { warmUp, ...others } = RECIPES["cifar-r16"].recipe;
  assertEquals(warmUp, { learningRate: 0.01, steps: 400 });
  assertEquals(others, RECIPES.cifar.recipe);
  const small = RECIPES["cifar-r16-1001"].recipe;
  assertEquals([small.batchSize, small.steps], [64, 128000]);
  assertEquals(small.milestones, [64000, 96000]);
  assertEquals(small.warmUp, { learningRate: 0.01, steps: 400 });
  assertEquals(Object.keys(small).length, Object.keys(others).length + 1);
});

Deno.test("the highway recipe names its source", () => {
  const { source } = RECIPES.highway;
  const start = "Srivastava et al. 2015, section 3: SGD with momentum and a";
  assertEquals(source.slice(0, start.length), start);
});

Deno.test("the study note's recipe has 200 epochs of 50,000 images", () => {
  const { steps, batchSize } = RECIPES["study-note"].recipe;
  assertEquals(steps * batchSize, 200 * 50000);
});

Deno.test("presets are the recipes, scaled", () => {
  for (const [name, { recipe }] of Object.entries(RECIPES)) {
    assertEquals(trainingPreset("paper", {}, recipeName(name)).recipe, recipe);
  }
  const { recipe: study } = trainingPreset("study");
  const size = { steps: 2500, batchSize: 32, learningRate: 0.025 };
  assertEquals(study, paperRecipe(size));
  assertEquals(
    trainingPreset("smoke").recipe,
    paperRecipe({ steps: 72, batchSize: 32, learningRate: 0.01 }),
  );
  const warm = trainingPreset("study", { steps: 6400 }, "cifar-r16").recipe;
  assertEquals(warm.warmUp, { learningRate: 0.0025, steps: 40 });
  const own = trainingPreset("study", {}, "glorot-bengio").recipe;
  assertEquals([own.batchSize, own.learningRate], [10, 0.01]);
});

Deno.test("scaleRecipe() throws on sizes that are none", () => {
  const { recipe } = RECIPES.cifar;
  for (const steps of [0, -1, 1.5]) {
    assertThrows(
      () => scaleRecipe(recipe, { steps, batchSize: 32 }),
      RangeError,
      `Expected steps to be an integer of at least 1 but found ${steps}`,
    );
  }
});

Deno.test("recipeName() names the nearest", () => {
  assertThrows(() => recipeName("cifar-r61"), Error, "did you mean cifar-r16?");
});
