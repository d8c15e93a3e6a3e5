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
 * The network that won ILSVRC 2012 (Krizhevsky et al. 2012, "ImageNet
 * classification with deep convolutional neural networks", section 3.5): 8
 * weighted layers, the 2nd, 4th and 5th convolution in two groups, one for each
 * of the two GPUs that it was trained on; local response normalisation,
 * overlapping max pooling and dropout.
 *
 * The paper's 224x224 images do not give its first map of 55x55 without a
 * border: 2 zeros a side do (others take images of 227x227 instead). Hidden
 * layers' biases start from 1 where the paper's do (section 5), in the 2nd, 4th
 * and 5th convolution and the fully connected layers; it draws kernels from a
 * normal distribution of deviation 0.01.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If a number is not an integer greater than 0.
 *
 * @example The paper's 60 million parameters
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { alexNet } from "./alexnet.ts";
 * import { countParameters } from "./parameters.ts";
 *
 * assertEquals(countParameters(alexNet()), 60965224);
 * ```
 */
export function alexNet(options: ImageNetOptions = {}): Network {
  checkOptions(options, IMAGENET_OPTIONS);
  const { input, classes } = imageNetShape(options);
  const halves = { groups: 2, bias: true, initialBias: 1 };
  return {
    name: `AlexNet${sizeInName(options)}`,
    input,
    layers: [
      convolution("conv1", 96, 11, { stride: 4, padding: 2, bias: true }),
      relu("relu1"),
      localResponseNorm("norm1"),
      maxPool("pool1", 3, { stride: 2 }),
      convolution("conv2", 256, 5, halves),
      relu("relu2"),
      localResponseNorm("norm2"),
      maxPool("pool2", 3, { stride: 2 }),
      convolution("conv3", 384, 3, { bias: true }),
      relu("relu3"),
      convolution("conv4", 384, 3, halves),
      relu("relu4"),
      convolution("conv5", 256, 3, halves),
      relu("relu5"),
      maxPool("pool5", 3, { stride: 2 }),
      flatten("flatten"),
      ...fullyConnected({ classes, initialBias: 1 }),
    ],
  };
}
