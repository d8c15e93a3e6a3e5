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
  flatten,
  localResponseNorm,
  maxPool,
  type Network,
  relu,
} from "./layer.ts";

/**
 * The network of Zeiler and Fergus 2013, "Visualizing and understanding
 * convolutional networks", Fig. 3: AlexNet with smaller kernels and strides in
 * the first two layers and without groups. Their entry won ILSVRC 2013.
 *
 * Borders and rounding are such as to give the figure's maps of 110, 55, 26, 13
 * and 6 pixels. The paper normalises contrast over neighbouring maps and does
 * not say by which numbers: AlexNet's local response normalisation stands here.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If a number is not an integer greater than 0.
 *
 * @example Its shape before the fully connected layers
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { layers } from "./layers.ts";
 * import { zfNet } from "./zfnet.ts";
 *
 * const pool5 = layers(zfNet()).find(({ name }) => name === "pool5");
 * assertEquals(pool5?.output, [6, 6, 256]);
 * ```
 */
export function zfNet(options: ImageNetOptions = {}): Network {
  checkOptions(options, IMAGENET_OPTIONS);
  const { input, classes } = imageNetShape(options);
  const overlapping = { stride: 2, rounding: "ceil" } as const;
  return {
    name: `ZFNet${sizeInName(options)}`,
    input,
    layers: [
      convolution("conv1", 96, 7, { stride: 2, padding: 1, bias: true }),
      relu("relu1"),
      maxPool("pool1", 3, overlapping),
      localResponseNorm("norm1"),
      convolution("conv2", 256, 5, { stride: 2, padding: 0, bias: true }),
      relu("relu2"),
      maxPool("pool2", 3, overlapping),
      localResponseNorm("norm2"),
      convolution("conv3", 384, 3, { bias: true }),
      relu("relu3"),
      convolution("conv4", 384, 3, { bias: true }),
      relu("relu4"),
      convolution("conv5", 256, 3, { bias: true }),
      relu("relu5"),
      maxPool("pool5", 3, overlapping),
      flatten("flatten"),
      ...fullyConnected({ classes }),
    ],
  };
}
