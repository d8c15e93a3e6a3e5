import type { Dataset } from "../data/dataset.ts";
import {
  type LayerRecord,
  LayerRecorder,
  type LayerRecorderOptions,
} from "../measurements/layer_recorder.ts";
import { type Initialiser, standardUniform } from "../networks/initialisers.ts";
import type { Network } from "../networks/layer.ts";
import { build } from "../networks/model.ts";
import { liveFigure } from "../notebook/live.ts";
import { listenForStop, stopRequested } from "../notebook/stop.ts";
import type { Figure } from "../plots/figure.ts";
import { firstImages } from "../training/first_images.ts";
import type { Recipe } from "../training/recipe.ts";
import { type Curves, train, type TrainResult } from "../training/train.ts";

/** Options of {@linkcode recordLayers}. */
export interface RecordLayersOptions extends LayerRecorderOptions {
  readonly dataset: Dataset;
  /** Settings in place of those of {@linkcode glorotBengioRecipe}. */
  readonly recipe?: Partial<Recipe>;
  /** Draws the kernels. Default {@linkcode standardUniform}. */
  readonly initialiser?: Initialiser;
  /** Test images to look at. Default 300, as in the paper. */
  readonly images?: number;
  /** How often to look, besides the start. Default 20. */
  readonly points?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Draws the records so far, below the cell; without it nothing is drawn. */
  readonly draw?: (records: readonly LayerRecord[], steps: number) => Figure;
}

/** What passed through a network's layers while it learned. */
export interface RecordedTraining {
  /** The network's name. */
  readonly name: string;
  /** From step 0 on. */
  readonly records: readonly LayerRecord[];
  readonly curves: Curves;
  readonly final: TrainResult["final"];
  readonly stoppedBy: TrainResult["stoppedBy"];
}

/**
 * How Glorot and Bengio 2010 train (section 2.3): stochastic gradient descent on
 * mini-batches of 10, without momentum. Their learning rate was chosen by
 * validation; the one here, 0.3, and the number of steps, 200, are ours.
 */
export function glorotBengioRecipe(changes: Partial<Recipe> = {}): Recipe {
  return {
    batchSize: 10,
    steps: 200,
    learningRate: 0.3,
    milestones: [],
    momentum: 0,
    weightDecay: 0,
    decayOn: "all",
    augmentation: "none",
    ...changes,
  };
}

/**
 * Trains a network from new values and records its layers' activations and
 * gradients on a fixed set of test images, as Glorot and Bengio 2010 do
 * (section 3). The figure grows below the cell; Stop ends the training and keeps
 * what is there.
 *
 * @example Five layers of sigmoids
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { syntheticImages } from "../data/synthetic.ts";
 * import { glorotBengio } from "../networks/glorot_bengio.ts";
 * import { recordLayers } from "./record_layers.ts";
 *
 * await useBackend({ quiet: true });
 * const network = glorotBengio({ hiddenLayers: 5, units: 20, activation: "sigmoid" });
 * const { records } = await recordLayers(network, {
 *   dataset: syntheticImages({ trainCount: 100, testCount: 40 }),
 *   recipe: { steps: 4 },
 *   images: 40,
 *   points: 2,
 * });
 * assertEquals(records.map(({ step }) => step), [0, 2, 4]);
 * ```
 *
 * @throws {RangeError} If there are not so many test images.
 */
export async function recordLayers(
  network: Network,
  options: RecordLayersOptions,
): Promise<RecordedTraining> {
  const { dataset, seed = 0, images: count = 300, points = 20 } = options;
  const { initialiser = standardUniform(), draw } = options;
  const recipe = glorotBengioRecipe(options.recipe);
  const { images, labels } = firstImages(dataset, count, { on: "test" });
  const recorder = new LayerRecorder(images, labels, options);
  const model = build(network, { seed, initialiser });
  const live = liveFigure();
  using _ = listenForStop();
  try {
    await recorder.record(model, 0);
    const result = await train({
      ...{ network, model, dataset, recipe, seed, stopRequested },
      pointEvery: Math.max(1, Math.round(recipe.steps / points)),
      testImages: count,
      finalTestImages: count,
      onProgress: async (progress) => {
        await recorder.onProgress(progress);
        if (draw) {
          await live.update(() => draw(recorder.records, recipe.steps));
        }
      },
    });
    result.model.dispose();
    if (draw) await live.finish(draw(recorder.records, recipe.steps));
    const { curves, final, stoppedBy } = result;
    const { records } = recorder;
    return { name: network.name, records, curves, final, stoppedBy };
  } finally {
    model.dispose();
    images.dispose();
    labels.dispose();
  }
}
