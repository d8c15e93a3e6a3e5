import { checkFinite } from "../data/check_finite.ts";
import { checkInteger } from "../data/check_integer.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import { checkRate } from "../data/check_rate.ts";
import {
  activation,
  convolution,
  dense,
  dropout,
  type Gated,
  gated,
  globalAveragePool,
  type Layer,
  maxPool,
  type Network,
  relu,
  sequence,
} from "./layer.ts";

/** Options of {@linkcode cifarHighway}. */
export interface CifarHighwayOptions {
  /** Highway layers of the three stages. Default `[4, 5, 5]`. */
  readonly highwayLayers?: readonly [number, number, number];
  /** What the biases of the transform gates start from, `b_T`. Default -2. */
  readonly gateBias?: number;
  /**
   * Rate of dropout on the image, between stages and before the classifier; 0
   * for none. Default 0.2.
   */
  readonly dropout?: number;
  /** Number of classes. Default 10. */
  readonly classes?: number;
  /** Colour channels of an image. Default 3. */
  readonly channels?: number;
}

const OPTIONS: OptionNames<CifarHighwayOptions> = {
  highwayLayers: true,
  gateBias: true,
  dropout: true,
  classes: true,
  channels: true,
};

/** Filters of the stages, at 32x32, 16x16 and 8x8 pixels. */
const FILTERS = [32, 80, 128];

/** Filters of the 1x1 convolution after the stages. */
const LAST_FILTERS = 100;

/**
 * The convolutional highway network of 19 layers and 2.3M parameters for CIFAR
 * (Srivastava et al. 2015, "Training very deep networks", Table 2; R15 Table 6),
 * as the authors released it (flukeskywalker/highway-networks on GitHub): three
 * stages of a plain 3x3 convolution, which changes dimensions, and 3x3 highway
 * layers, with 2x2 max pooling between them; then a 1x1 convolution, global
 * average pooling and a fully connected layer. It has no batch normalisation.
 *
 * A highway layer gives `H(x) * T(x) + x * (1 - T(x))`, where `H` is a
 * convolution and ReLU, `T` a convolution and sigmoid.
 *
 * What is the release's: the layers, their order and filters, the rate of
 * dropout, and gates that start from a bias of -2. Its classifier has 100 outputs
 * for CIFAR-10 too, of which 10 are used: ours has as many as there are classes.
 * Other numbers of layers, biases and rates are not the authors'.
 *
 * R15 Table 6 also lists a highway network of 32 layers and 1.25M parameters. It
 * is narrower; the release does not have it, and we found no source of its
 * filters: it is not here. `highwayLayers: [9, 9, 9]` is as deep with the filters
 * of the 19 layers, and has 4.0M parameters.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If there are not three numbers of layers, all integers of at
 * least 0; if the rate is not from 0 to below 1, the bias no finite number, or
 * another number not an integer greater than 0.
 *
 * @example The paper's figures
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarHighway } from "./cifar_highway.ts";
 * import { depthOf } from "./count.ts";
 * import { countParameters } from "./parameters.ts";
 *
 * const network = cifarHighway();
 * assertEquals(depthOf(network), 19);
 * assertEquals((countParameters(network) / 1e6).toFixed(1), "2.3");
 *
 * const deeper = cifarHighway({ highwayLayers: [9, 9, 9] });
 * assertEquals(depthOf(deeper), 32);
 * assertEquals((countParameters(deeper) / 1e6).toFixed(1), "4.0");
 * ```
 */
export function cifarHighway(options: CifarHighwayOptions = {}): Network {
  checkOptions(options, OPTIONS);
  const {
    highwayLayers = [4, 5, 5],
    gateBias = -2,
    dropout: rate = 0.2,
    classes = 10,
    channels = 3,
  } = options;
  checkInteger(classes, "classes", 1);
  checkInteger(channels, "channels", 1);
  checkFinite(gateBias, "gateBias");
  checkRate(rate, "dropout");
  highwayLayers.forEach((count) => checkInteger(count, "highwayLayers", 0));
  const given: number = highwayLayers.length;
  if (given !== FILTERS.length) {
    throw new RangeError(
      `Expected highwayLayers to have ${FILTERS.length} numbers but found ${given}`,
    );
  }
  const drop = (name: string) => rate === 0 ? [] : [dropout(name, rate)];
  const stages = FILTERS.flatMap((filters, i) => [
    ...i === 0 ? [] : [maxPool(`pool${i}`, 2)],
    ...drop(`dropout${i + 1}`),
    stage(`stage${i + 1}`, filters, highwayLayers[i] ?? 0, gateBias),
  ]);
  const depth = highwayLayers.reduce((sum, count) => sum + count + 1, 2);
  return {
    // What is not the default is named.
    name: [
      `highway-${depth}, convolutional`,
      ...gateBias === -2 ? [] : [`gates ${gateBias}`],
      ...rate === 0.2 ? [] : [`dropout ${rate}`],
    ].join(", "),
    input: [32, 32, channels],
    layers: [
      ...stages,
      convolution("conv", LAST_FILTERS, 1, { bias: true }),
      relu("relu"),
      globalAveragePool("pool"),
      ...drop("dropout4"),
      dense("classifier", classes),
    ],
  };
}

function stage(
  name: string,
  filters: number,
  highwayLayers: number,
  gateBias: number,
): Layer {
  return sequence(name, [
    convolution("conv", filters, 3, { bias: true }),
    relu("relu"),
    ...Array.from(
      { length: highwayLayers },
      (_, i) => highwayLayer(`highway${i + 1}`, filters, gateBias),
    ),
  ]);
}

function highwayLayer(
  name: string,
  filters: number,
  initialBias: number,
): Gated {
  return gated(name, {
    body: [
      convolution("transform", filters, 3, { bias: true }),
      relu("relu"),
    ],
    gate: [
      convolution("gate", filters, 3, { bias: true, initialBias }),
      activation("gateSigmoid", "sigmoid"),
    ],
  });
}
