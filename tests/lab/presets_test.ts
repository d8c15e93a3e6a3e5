import { assertEquals, assertThrows } from "@std/assert";
import { presetOf, trainingPreset } from "../../lib/lab/presets.ts";

Deno.test("trainingPreset() changes what it is asked to, and nothing else", () => {
  const study = trainingPreset("study");
  const faster = trainingPreset("study", { learningRate: 0.1 });
  assertEquals(faster, {
    ...study,
    recipe: { ...study.recipe, learningRate: 0.1 },
  });
});

Deno.test("trainingPreset() scales schedule and points to the steps", () => {
  const { recipe, pointEvery } = trainingPreset("smoke", { steps: 240 });
  assertEquals([recipe.milestones, pointEvery], [[120, 180], 40]);
  assertEquals(trainingPreset("study", { steps: 2 }).pointEvery, 1);
  const own = trainingPreset("smoke", { steps: 240, milestones: [7] });
  assertEquals(own.recipe.milestones, [7]);
});

Deno.test("trainingPreset() sets no more images aside than a point has test images", () => {
  const aside = (preset: "smoke" | "study" | "paper", changes = {}) =>
    trainingPreset(preset, changes, "imagenet").recipe.validationImages;
  assertEquals(
    [aside("smoke"), aside("study"), aside("paper")],
    [200, 1000, 5000],
  );
  assertEquals(aside("smoke", { validationImages: 3 }), 3);
  assertEquals(trainingPreset("smoke").recipe.validationImages, undefined);
});

Deno.test("trainingPreset() throws on settings that are none", () => {
  assertThrows(
    () => trainingPreset("smoke", { learningRate: 0 }),
    RangeError,
    "Expected learningRate to be a number greater than 0 but found 0",
  );
  assertThrows(() => trainingPreset("smoke", { steps: 1.5 }), RangeError);
  // As of a notebook's cell, which is run without a check of types.
  const misspelt: Record<string, unknown> = { learningrate: 0.1 };
  assertThrows(
    () => trainingPreset("smoke", misspelt),
    TypeError,
    "Expected recipe to be among batchSize, steps, learningRate, milestones",
  );
  const nested: Record<string, unknown> = {
    plateau: { on: "train", patiense: 3 },
  };
  assertThrows(
    () => trainingPreset("smoke", nested),
    TypeError,
    'Expected plateau to be among on, patience but found "patiense"',
  );
});

Deno.test("presetOf() names a preset only if the recipe is its own", () => {
  for (const preset of ["smoke", "study", "paper"] as const) {
    const same = trainingPreset(preset, trainingPreset(preset).recipe);
    assertEquals(presetOf(same.recipe, preset), preset);
    const other = trainingPreset(preset, { momentum: 0.5 });
    assertEquals(presetOf(other.recipe, preset), "custom");
  }
});
