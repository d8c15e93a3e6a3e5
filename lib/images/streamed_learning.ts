import type { StreamedDataset, StreamedImages } from "../data/training_data.ts";
import {
  type Disposables,
  type HowToLearn,
  kept,
  type Learning,
} from "../training/learning.ts";
import { setAside } from "../training/learning_images.ts";
import type { Recipe } from "../training/recipe.ts";
import { type DrawnStep, Stepper } from "../training/stepper.ts";
import { folderEvaluator } from "./folder_evaluator.ts";
import { FolderDraws } from "./folder_draws.ts";
import type { ImageBatch } from "./image_batches.ts";
import { imageStep } from "./image_step.ts";
import { TORCHVISION_NORMALISATION } from "./network_input.ts";
import { relativePath } from "./relative_path.ts";
import { splitStreamed } from "./split_streamed.ts";
import { shorterSidesFor } from "./training_views.ts";

/**
 * Learning from images that are read from their files while the steps run:
 * R15's scale augmentation, crops and mirror images, AlexNet's colours.
 *
 * R15 subtracts the mean image, for which all images would have to be read
 * before the first step: here ImageNet's mean and deviation of each channel are
 * taken, as torchvision's weights have it.
 *
 * @param used Gets what the caller is to free, the last first.
 * @throws {Error} If the recipe has no augmentation: images of many sizes need
 * one.
 */
export function streamedLearning(
  dataset: StreamedDataset,
  { model, recipe, seed }: HowToLearn,
  used: Disposables,
): Learning {
  checkAugmentation(recipe);
  const { train, validation } = setAside(dataset.train, recipe, splitStreamed);
  const { directory, onBroken, onMessage } = dataset;
  const leftOut = new Set<string>();
  const onSkipped = (path: string, message: string) => {
    const place = relativePath(directory, path);
    // An image is seen in every epoch.
    if (!leftOut.has(place)) onMessage(`Left out: ${message}`);
    leftOut.add(place);
  };
  const normalisation = TORCHVISION_NORMALISATION;
  const [size] = model.network.input;
  const judgeOf = (images: StreamedImages) =>
    kept(
      folderEvaluator(model, images.files, {
        normalisation,
        onBroken,
        onSkipped,
      }),
      used,
    );
  const step = kept(imageStep(model, recipe, { normalisation, seed }), used);
  const drawsFrom = (step: number) =>
    new FolderDraws({ images: train.files }, {
      ...{ batchSize: recipe.batchSize, seed, step, size, onBroken },
      shorterSide: shorterSidesFor(size),
    });
  return {
    state: step.state,
    leftOut,
    judge: judgeOf(dataset.test),
    chooser: validation && judgeOf(validation),
    stepperFrom: (start) =>
      kept(
        new Stepper(onDraws(step, onSkipped), recipe, drawsFrom, start),
        used,
      ),
  };
}

/** A step that frees what it was given. */
function onDraws(
  step: ReturnType<typeof imageStep>,
  onSkipped: (path: string, message: string) => void,
): DrawnStep<ImageBatch> {
  return {
    state: step.state,
    async run(batch, _, learningRate) {
      batch.skipped.forEach(({ path, message }) => onSkipped(path, message));
      try {
        return await step.run(batch, learningRate);
      } finally {
        batch.dispose();
      }
    },
    findNonFinite(batch) {
      try {
        return step.findNonFinite(batch);
      } finally {
        batch.dispose();
      }
    },
  };
}

function checkAugmentation({ augmentation }: Recipe): void {
  if (augmentation !== "none") return;
  throw new Error(
    'Expected a recipe with crops for images of many sizes but found augmentation "none"',
  );
}
