import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../lib/data/dataset.ts";
import {
  syntheticImages,
  type SyntheticOptions,
} from "../lib/data/synthetic.ts";
import type { Layer, Network, Residual } from "../lib/networks/layer.ts";
import { aroundLayers } from "./around_layers.ts";

/** Images of 8x8 pixels, such as {@linkcode aroundUnit} reads. */
export function smallImages(
  sizes: Required<
    Pick<SyntheticOptions, "classes" | "trainCount" | "testCount">
  >,
): Dataset {
  return syntheticImages({ ...sizes, height: 8, width: 8 });
}

/**
 * A network that trains in no time: a convolution, a residual unit that reads 4
 * channels, and a classifier of 4 classes.
 *
 * @param beforeClassifier Layers between the pooling and the classifier.
 */
export function aroundUnit(
  unit: Residual,
  beforeClassifier: readonly Layer[] = [],
): Network {
  const name = "a residual unit";
  return aroundLayers(
    { name, input: [8, 8, 3], filters: 4, classes: 4, beforeClassifier },
    [unit],
  );
}

/** Four images of noise of CIFAR's size, with a label each. */
export function noiseImages(): { images: tf.Tensor4D; labels: tf.Tensor1D } {
  return {
    images: tf.randomNormal([4, 32, 32, 3], 0, 1, "float32", 2),
    labels: tf.tensor1d([1, 0, 7, 1], "int32"),
  };
}
