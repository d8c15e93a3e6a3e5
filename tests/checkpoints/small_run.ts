/**
 * A small run that is killed and resumed; as a program it goes on with the run
 * whose folder it is given, and writes the trained weights to a file:
 *
 *     small_run.ts <folder of the checkpoints> <file for the weights>
 *
 * @module
 */
import { useBackend } from "../../lib/backends/use_backend.ts";
import type { Dataset } from "../../lib/data/dataset.ts";
import {
  batchNorm,
  convolution,
  dropout,
  residual,
} from "../../lib/networks/layer.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { train, type TrainOptions } from "../../lib/training/train.ts";
import { saveWeights } from "../../lib/weights/save_weights.ts";
import { aroundUnit, smallImages } from "../small_examples.ts";

const network = aroundUnit(
  residual("unit", [convolution("conv1", 4, 3), batchNorm("norm1")]),
  [dropout("dropout", 0.2)],
);

/** The run, without checkpoints. */
export const SMALL_RUN: TrainOptions & { readonly dataset: Dataset } = {
  network,
  dataset: smallImages({ classes: 4, trainCount: 40, testCount: 16 }),
  recipe: paperRecipe({ steps: 30, batchSize: 8, learningRate: 0.05 }),
  seed: 1,
  pointEvery: 4,
};

/** The run that is killed: long enough for many kills. */
export const LONG_RUN: TrainOptions = {
  ...SMALL_RUN,
  recipe: paperRecipe({ steps: 400, batchSize: 8, learningRate: 0.01 }),
  pointEvery: 50,
};

if (import.meta.main) {
  const [directory = "", weights = ""] = Deno.args;
  await useBackend({ name: "tensorflow", quiet: true });
  console.log("ready");
  const { model, curves } = await train({
    ...LONG_RUN,
    checkpoints: { directory, resume: true, everySteps: 1 },
  });
  await saveWeights(model, weights, {
    metadata: new Map([["curves", JSON.stringify(curves)]]),
  });
}
