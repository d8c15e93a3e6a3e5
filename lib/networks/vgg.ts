import { checkOptions, type OptionNames } from "../data/check_options.ts";
import { fullyConnected } from "./fully_connected.ts";
import {
  checkDepth,
  IMAGENET_OPTIONS,
  type ImageNetOptions,
  imageNetShape,
  sizeInName,
} from "./imagenet_options.ts";
import {
  convolution,
  flatten,
  type Layer,
  maxPool,
  type Network,
  relu,
  sequence,
} from "./layer.ts";

/** Options of {@linkcode vgg}. */
export interface VggOptions extends ImageNetOptions {
  /** Weighted layers: 16 is the paper's network D, 19 its network E. */
  readonly depth: 16 | 19;
}

const OPTIONS: OptionNames<VggOptions> = { ...IMAGENET_OPTIONS, depth: true };

/** Filters of the stages at 224, 112, 56, 28 and 14 pixels. */
const STAGES = [64, 128, 256, 512, 512];

/**
 * A network of 3x3 convolutions (Simonyan and Zisserman 2014, "Very deep
 * convolutional networks for large-scale image recognition", Table 1): five
 * stages of convolutions and a 2x2 max pooling, then three fully connected
 * layers, the first two with dropout. R15 compares its networks with it.
 *
 * The images' last features are flattened row by row, column by column, channel
 * by channel.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If the depth is not 16 or 19, or a number is not an integer
 * greater than 0.
 *
 * @example The paper's 138 million parameters
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { countParameters } from "./parameters.ts";
 * import { vgg } from "./vgg.ts";
 *
 * assertEquals(countParameters(vgg({ depth: 16 })), 138357544);
 * ```
 */
export function vgg(options: VggOptions): Network {
  checkOptions(options, OPTIONS);
  const depth = checkDepth(options.depth, [16, 19], "VGG");
  const { input, classes } = imageNetShape(options);
  // Beside three fully connected layers, two stages have 2 convolutions each.
  const convolutions = (depth - 3 - 2 * 2) / 3;
  return {
    name: `VGG-${depth}${sizeInName(options)}`,
    input,
    layers: [
      ...STAGES.map((filters, i) =>
        stage(`stage${i + 1}`, filters, i < 2 ? 2 : convolutions)
      ),
      flatten("flatten"),
      ...fullyConnected({ classes }),
    ],
  };
}

function stage(name: string, filters: number, convolutions: number): Layer {
  return sequence(name, [
    ...Array.from({ length: convolutions }, (_, i) => [
      convolution(`conv${i + 1}`, filters, 3, { bias: true }),
      relu(`relu${i + 1}`),
    ]).flat(),
    maxPool("pool", 2),
  ]);
}
