import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { checkpointModel } from "../../lib/checkpoints/checkpoint_model.ts";
import { readCheckpoint } from "../../lib/checkpoints/read_checkpoint.ts";
import { splitTrainValidation } from "../../lib/data/split.ts";
import { evaluate } from "../../lib/training/evaluate.ts";
import { paperRecipe, type Recipe } from "../../lib/training/recipe.ts";
import { Schedule } from "../../lib/training/schedule.ts";
import { train } from "../../lib/training/train.ts";
import { SMALL_RUN } from "../checkpoints/small_run.ts";

await useBackend({ name: "tensorflow", quiet: true });

const RECIPE = paperRecipe({ steps: 100, batchSize: 10, learningRate: 0.1 });

Deno.test("a warm-up lasts until the training error is low enough", () => {
  const schedule = new Schedule({
    ...RECIPE,
    warmUp: { learningRate: 0.01, untilTrainError: 80, overSteps: 2 },
  });
  // Errors of two mini-batches each: 90 %, 80 %, which is not below, and 75 %.
  const mistakes = [9, 9, 10, 6, 8, 7, 10, 10];
  const rates = mistakes.map((wrong, step) => {
    const rate = schedule.rateAt(step);
    schedule.sawBatch(step + 1, wrong, 10);
    return rate;
  });
  assertEquals(rates, [0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.1, 0.1]);
  assertEquals(schedule.state.warmedUpAt, 6);
  // The steps' own schedule holds afterwards.
  assertEquals(schedule.rateAt(50), 0.01);
});

Deno.test("a plateau divides the rate after so many points without a best", () => {
  const plateau = { on: "train", patience: 2 } as const;
  const recipe: Recipe = { ...RECIPE, milestones: [], plateau };
  const errors = [50, 40, 41, 39, 39, 42, 40, 38, 40, 40];
  let schedule = new Schedule(recipe);
  const rates = errors.map((error, i) => {
    schedule.sawPoint(10 * (i + 1), error);
    // A run that goes on with the state has the same rates.
    schedule = new Schedule(recipe, JSON.parse(JSON.stringify(schedule.state)));
    return schedule.rateAt(10 * (i + 1));
  });
  const [first, second] = [0.1 / 10, 0.1 / 100];
  assertEquals(rates, [
    ...[0.1, 0.1, 0.1, 0.1, 0.1],
    ...[first, first, first, first, second],
  ]);
  assertEquals(schedule.state.drops, [60, 100]);
});

/** A run of which both the warm-up and the plateau change the rate. */
const MEASURED = {
  ...SMALL_RUN,
  pointEvery: 3,
  recipe: {
    ...SMALL_RUN.recipe,
    milestones: [],
    warmUp: { learningRate: 1e-3, untilTrainError: 101, overSteps: 4 },
    plateau: { on: "validation", patience: 2 },
    validationImages: 12,
  } satisfies Recipe,
};

Deno.test("rates that depend on errors go on bit for bit", async () => {
  const whole = await train(MEASURED);
  assertEquals(whole.rateChanges.warmedUpAt, 4);
  assert(whole.rateChanges.drops.length > 0, "the error never stood still");
  for (const times of [5, 13, 29]) {
    const directory = await Deno.makeTempDir();
    let asked = 0;
    const stopped = await train({
      ...MEASURED,
      checkpoints: { directory },
      stopRequested: () => ++asked > times,
    });
    assertEquals(stopped.stoppedBy, "user");
    const checkpoints = { directory, resume: true };
    const resumed = await train({ ...MEASURED, checkpoints });
    assertEquals(resumed.curves, whole.curves);
    assertEquals(resumed.best, whole.best);
    assertEquals(resumed.rateChanges, whole.rateChanges);
    assertEquals(await resumed.model.values(), await whole.model.values());
    [stopped, resumed].forEach(({ model }) => model.dispose());
    await Deno.remove(directory, { recursive: true });
  }
  whole.model.dispose();
});

Deno.test("the checkpoint of the lowest validation error is kept", async () => {
  const directory = await Deno.makeTempDir();
  const checkpoints = { directory, everySteps: 1 };
  const { model, best, curves } = await train({
    ...SMALL_RUN,
    // At this rate the error goes up and down.
    recipe: paperRecipe({
      ...{ steps: 30, batchSize: 8, learningRate: 0.5, milestones: [] },
      validationImages: 12,
    }),
    ...{ seed: 3, pointEvery: 3, checkpoints },
  });
  model.dispose();
  const { validation = [] } = curves;
  const lowest = Math.min(...validation.map(({ error }) => error));
  // Of equal ones the first.
  const first = validation.find(({ error }) => error === lowest)!;
  assertEquals(best, { step: first.step, error: lowest });
  assert(first.step < 29, "the last two would be kept anyway");
  const names = [first.step, 29, 30].map((step) =>
    `step-${String(step).padStart(8, "0")}`
  );
  const kept = (await Array.fromAsync(Deno.readDir(directory)))
    .map(({ name }) => name).filter((name) => name.endsWith(".json"));
  assertEquals(kept.toSorted(), names.map((name) => `${name}.json`));
  const { checkpoint } = await readCheckpoint(
    join(directory, `${names[0]}.json`),
  );
  assertEquals(checkpoint.progress.best, best);
  // It is that network: on the images set aside it errs as often as was said.
  const { network, dataset } = SMALL_RUN;
  const chosen = await checkpointModel(
    join(directory, `${names[0]}.json`),
    network,
  );
  // There is none of a network of the same name whose tensors fit.
  const other = { ...network, layers: network.layers.toReversed() };
  await assertRejects(
    () => checkpointModel(join(directory, `${names[0]}.json`), other),
    Error,
    `to be of ${network.name} but found one of that name that is described otherwise`,
  );
  const recipe = { ...SMALL_RUN.recipe, validationImages: 12 };
  const options = { recipe, on: "validation" } as const;
  const judged = await evaluate(chosen, dataset, undefined, options);
  assertEquals(judged.error, lowest);
  chosen.dispose();
  await Deno.remove(directory, { recursive: true });
});

Deno.test("images that are set aside are not learnt from", async () => {
  const images = MEASURED.recipe.validationImages;
  const { train: all } = SMALL_RUN.dataset;
  const recipe = { ...SMALL_RUN.recipe, validationImages: images };
  const { model, curves } = await train({ ...SMALL_RUN, recipe });
  assertEquals(
    curves.validation?.map(({ step }) => step),
    curves.test.map(({ step }) => step),
  );
  // Nothing but the split changes what is learnt: spoiling the images that are
  // set aside leaves the weights as they are.
  const numbered = {
    images: Uint8Array.from({ length: all.count }, (_, i) => i),
    labels: all.labels,
    count: all.count,
  };
  const aside = splitTrainValidation(numbered, images).validation.images;
  const spoilt = { ...all, images: all.images.slice() };
  const size = all.images.length / all.count;
  aside.forEach((image) =>
    spoilt.images.fill(255, image * size, (image + 1) * size)
  );
  const other = await train({
    ...SMALL_RUN,
    recipe,
    dataset: { ...SMALL_RUN.dataset, train: spoilt },
  });
  assertEquals(other.curves.train, curves.train);
  assertEquals(other.curves.test, curves.test);
  assert(
    other.curves.validation![0]!.loss !== curves.validation![0]!.loss,
    "the validation error is not of them",
  );
  [model, other.model].forEach((one) => one.dispose());
});

Deno.test("a plateau on images that are not set aside is refused", async () => {
  const { validationImages: _, ...recipe } = MEASURED.recipe;
  await assertRejects(
    () => train({ ...MEASURED, recipe }),
    Error,
    "Expected validationImages of a recipe whose plateau",
  );
});

Deno.test("without augmentation a step is of the images as they are", async () => {
  const recipe: Recipe = {
    ...paperRecipe({ steps: 1, batchSize: 40, learningRate: 1e-30 }),
    augmentation: "none",
  };
  const plain = { ...SMALL_RUN, recipe, pointEvery: 1 };
  // A mini-batch of all images, in whatever order, has one loss.
  const network = {
    ...SMALL_RUN.network,
    layers: SMALL_RUN.network.layers.filter(({ kind }) => kind !== "dropout"),
  };
  const model = (await train({ ...plain, network })).model;
  const [one, other] = [
    await train({ ...plain, network, model, seed: 1 }),
    await train({ ...plain, network, model, seed: 2 }),
  ];
  const lossOf = ({ curves }: typeof one) => curves.train[0]!.loss;
  assert(Math.abs(lossOf(one) - lossOf(other)) < 1e-5);
  const cropped = await train({
    ...plain,
    network,
    model,
    recipe: { ...recipe, augmentation: "crops" },
  });
  assert(Math.abs(lossOf(one) - lossOf(cropped)) > 1e-4);
  [model, one.model, other.model, cropped.model].forEach((m) => m.dispose());
});
