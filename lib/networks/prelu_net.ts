import { checkOptions } from "../data/check_options.ts";
import { fullyConnected } from "./fully_connected.ts";
import {
  IMAGENET_OPTIONS,
  type ImageNetOptions,
  imageNetShape,
  sizeInName,
} from "./imagenet_options.ts";
import {
  convolution,
  type Layer,
  maxPool,
  type Network,
  parametricRelu,
  sequence,
  spatialPyramidPool,
} from "./layer.ts";

/** Filters of the stages at 56, 28 and 14 pixels. */
const STAGES = [256, 512, 512];

/** 3x3 convolutions of each stage. */
const CONVOLUTIONS = 5;

/**
 * The PReLU-net, model A of He et al. 2015, "Delving deep into rectifiers",
 * Table 3: VGG-19 with its three convolutions on the largest maps moved to
 * smaller ones behind a 7x7 convolution of stride 2, spatial pyramid pooling
 * before the fully connected layers, and a learned slope for each channel in
 * place of ReLU. 19 weighted layers.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If a number is not an integer greater than 0.
 *
 * @example The shape of the pyramid of 7x7, 3x3, 2x2 and 1x1 bins
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { layers } from "./layers.ts";
 * import { preluNet } from "./prelu_net.ts";
 *
 * const pyramid = layers(preluNet()).find(({ name }) => name === "pyramid");
 * assertEquals(pyramid?.output, [(49 + 9 + 4 + 1) * 512]);
 * ```
 */
export function preluNet(options: ImageNetOptions = {}): Network {
  checkOptions(options, IMAGENET_OPTIONS);
  const { input, classes } = imageNetShape(options);
  const stages = STAGES.map((filters, i) =>
    sequence(`stage${i + 1}`, convolutions(filters))
  );
  return {
    name: `PReLU-net A${sizeInName(options)}`,
    input,
    layers: [
      convolution("conv", 96, 7, { stride: 2, bias: true }),
      parametricRelu("relu"),
      ...stages.flatMap((stage, i) => [maxPool(`pool${i + 1}`, 2), stage]),
      spatialPyramidPool("pyramid", [7, 3, 2, 1]),
      ...fullyConnected({ classes, activation: parametricRelu }),
    ],
  };
}

function convolutions(filters: number): Layer[] {
  return Array.from({ length: CONVOLUTIONS }, (_, i) => [
    convolution(`conv${i + 1}`, filters, 3, { bias: true }),
    parametricRelu(`relu${i + 1}`),
  ]).flat();
}
