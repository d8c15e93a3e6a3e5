import * as tf from "@tensorflow/tfjs";
import type { Activation, Network } from "../networks/layer.ts";
import type { Model } from "../networks/model.ts";
import { operations } from "../networks/walk.ts";
import { activations } from "./activations.ts";
import { gradientsOf } from "./gradients_of.ts";
import type { MeasureOptions } from "./measure_options.ts";
import { type Saturation, saturation } from "./saturation.ts";
import { type Bins, summarise, type Summary } from "./summary.ts";

/** What passed through one layer, forward and back. */
export interface LayerState {
  /** Path of the layer, such as "activation1". */
  readonly path: string;
  /** Of its outputs. */
  readonly activations: Summary;
  /** Of the gradients of the loss by its outputs. */
  readonly gradients: Summary;
  /** Euclidean norm of these gradients. */
  readonly gradientNorm: number;
  /** Of a sigmoid, tanh or softsign: its saturated units. */
  readonly saturation?: Saturation;
}

/** What passed through layers at one step of a training. */
export interface LayerRecord {
  readonly step: number;
  /** In the order in which data flows. */
  readonly layers: readonly LayerState[];
}

/** Options of {@linkcode LayerRecorder}. */
export interface LayerRecorderOptions extends MeasureOptions {
  /** Layers to look at. Default all non-linearities. */
  readonly paths?: readonly string[];
  /** Bins of activations. Default 100, from -1 to 1. */
  readonly activationBins?: Bins;
  /** Bins of gradients. Default 100, from -0.01 to 0.01. */
  readonly gradientBins?: Bins;
  /** What counts as saturated (see {@linkcode saturation}). Default 0.9. */
  readonly threshold?: number;
}

/**
 * Records activations and back-propagated gradients by layer while a network
 * learns, on a fixed set of images, as Glorot and Bengio 2010 do on 300 test
 * images: their Fig. 2 has means and standard deviations, Fig. 3 98 percentiles,
 * Figs. 4 and 6 histograms of activations, Fig. 7 those of gradients. Only the
 * summaries are kept. The model stays as it is.
 *
 * @example Before training, and at each point of its curves
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { syntheticImages } from "../data/synthetic.ts";
 * import { glorotBengio } from "../networks/glorot_bengio.ts";
 * import { standardUniform } from "../networks/initialisers.ts";
 * import { build } from "../networks/model.ts";
 * import { firstImages } from "../training/first_images.ts";
 * import { paperRecipe } from "../training/recipe.ts";
 * import { train } from "../training/train.ts";
 * import { LayerRecorder } from "./layer_recorder.ts";
 *
 * await useBackend({ quiet: true });
 * const dataset = syntheticImages({ trainCount: 200, testCount: 50 });
 * const { images, labels } = firstImages(dataset, 50);
 * const network = glorotBengio({ hiddenLayers: 4, units: 30, activation: "sigmoid" });
 * const initialiser = standardUniform();
 * const model = build(network, { seed: 0, initialiser });
 * const recorder = new LayerRecorder(images, labels);
 * await recorder.record(model, 0);
 * await train({
 *   network,
 *   model,
 *   dataset,
 *   seed: 0,
 *   recipe: paperRecipe({ steps: 6, batchSize: 10 }),
 *   pointEvery: 3,
 *   onProgress: recorder.onProgress,
 * });
 * assertEquals(recorder.records.map(({ step }) => step), [0, 3, 6]);
 * ```
 */
export class LayerRecorder {
  readonly #images: tf.Tensor4D;
  readonly #labels: tf.Tensor1D;
  readonly #options: LayerRecorderOptions;
  readonly #records: LayerRecord[] = [];

  /**
   * @param images Of shape `[batch, height, width, channels]`; they stay the
   * caller's.
   * @param labels Classes of shape `[batch]`, int32.
   */
  constructor(
    images: tf.Tensor4D,
    labels: tf.Tensor1D,
    options: LayerRecorderOptions = {},
  ) {
    this.#images = images;
    this.#labels = labels;
    this.#options = options;
  }

  /** What was recorded, in the order in which it was. */
  get records(): readonly LayerRecord[] {
    return this.#records;
  }

  /** Records each point of a training: an `onProgress` of `train`. */
  readonly onProgress = async (
    { model, step }: { readonly model: Model; readonly step: number },
  ): Promise<void> => {
    await this.record(model, step);
  };

  /**
   * Records a model as it is now.
   *
   * @throws {Error} If the network has no such layer.
   */
  async record(model: Model, step: number): Promise<LayerRecord> {
    const { paths, activationBins, gradientBins, threshold, ...measure } =
      this.#options;
    const kinds = nonlinearities(model.network);
    const names = paths ?? [...kinds.keys()];
    const outputs = activations(model, this.#images, names, measure);
    let slopes = new Map<string, tf.Tensor>();
    const layers: LayerState[] = [];
    try {
      slopes = gradientsOf(model, this.#images, this.#labels, names, measure);
      for (const path of names) {
        const [values, gradients] = await Promise.all(
          [outputs, slopes].map((of) => of.get(path)!.data()),
        ) as [Float32Array, Float32Array];
        const kind = kinds.get(path);
        layers.push({
          path,
          activations: summarise(values, activationBins ?? ACTIVATION_BINS),
          gradients: summarise(gradients, gradientBins ?? GRADIENT_BINS),
          gradientNorm: normOf(gradients),
          ...kind === undefined || kind === "relu"
            ? {}
            : { saturation: saturation(values, kind, threshold) },
        });
      }
    } finally {
      tf.dispose([...outputs.values(), ...slopes.values()]);
    }
    const record = { step, layers };
    this.#records.push(record);
    return record;
  }
}

const ACTIVATION_BINS: Bins = { low: -1, high: 1, count: 100 };

const GRADIENT_BINS: Bins = { low: -0.01, high: 0.01, count: 100 };

function normOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
}

/** A network's non-linearities, by path. */
function nonlinearities(
  network: Network,
): Map<string, Activation["function"]> {
  return new Map(
    operations(network).flatMap(({ layer, path }) =>
      layer.kind === "activation" ? [[path, layer.function] as const] : []
    ),
  );
}
