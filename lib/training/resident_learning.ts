import * as tf from "@tensorflow/tfjs";
import type { Dataset, LabelledImages } from "../data/dataset.ts";
import { perPixelMean } from "../data/per_pixel_mean.ts";
import { DrawTable } from "./draw_table.ts";
import { evaluator } from "./evaluate.ts";
import { imageSource } from "./image_source.ts";
import {
  type Disposables,
  type HowToLearn,
  kept,
  type Learning,
} from "./learning.ts";
import { learningImages } from "./learning_images.ts";
import { Stepper } from "./stepper.ts";
import { trainStep } from "./train_step.ts";

/**
 * Learning from a data set that is wholly in memory, which is put on the backend
 * once.
 *
 * @param used Gets what the caller is to free, the last first.
 */
export function residentLearning(
  dataset: Dataset,
  { model, recipe, seed }: HowToLearn,
  used: Disposables,
): Learning {
  const { height, width, channels, test } = dataset;
  const pixels = height * width;
  const { train, validation } = learningImages(dataset, recipe);
  const mean = kept(
    tf.tensor2d(perPixelMean(train), [pixels, channels]),
    used,
  );
  const source = kept(imageSource(train, pixels), used);
  const judgeOf = (images: LabelledImages) => {
    const judged = kept(imageSource(images, pixels), used);
    return kept(evaluator(model, judged, mean), used);
  };
  const step = kept(trainStep(model, source, mean, recipe, { seed }), used);
  const { count } = source;
  const { batchSize } = recipe;
  const drawsFrom = (step: number) =>
    new DrawTable({ count, seed, batchSize, step });
  return {
    state: step.state,
    judge: judgeOf(test),
    chooser: validation && judgeOf(validation),
    stepperFrom: (start) =>
      kept(new Stepper(step, recipe, drawsFrom, start), used),
  };
}
