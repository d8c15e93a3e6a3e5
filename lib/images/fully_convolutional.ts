import * as tf from "@tensorflow/tfjs";
import { forward, type ForwardContext } from "../networks/forward.ts";
import type { Dense, Layer } from "../networks/layer.ts";
import type { Model } from "../networks/model.ts";
import { operations } from "../networks/walk.ts";

/**
 * Logits of images larger than a network reads, by its "fully-convolutional
 * form" (R15 section 3.4, after Simonyan and Zisserman 2015, section 3.2): the
 * average pooling is over windows of the size that it has on the network's own
 * input, one at each pixel, the fully connected layer reads each of them, and
 * the map of logits is averaged.
 *
 * On images of the network's own size these are its logits.
 *
 * @param images Of shape `[batch, height, width, channels]`, normalised.
 * @returns Of shape `[batch, classes]`.
 * @throws {Error} If the network does not end in global average pooling and a
 * fully connected layer, or the images are smaller than what it reads.
 */
export function fullyConvolutionalLogits(
  model: Model,
  images: tf.Tensor4D,
): tf.Tensor2D {
  const { network } = model;
  const { body, dense, window } = partsOf(model);
  return tf.tidy(() => {
    const context: ForwardContext = {
      tensor: (name) => model.tensor(name),
      training: false,
    };
    const features = forward(body, images, context) as tf.Tensor4D;
    const [batch, height, width] = features.shape;
    const [rows, columns] = window;
    if (height < rows || width < columns) {
      const [, imageHeight, imageWidth] = images.shape;
      throw new RangeError(
        `Expected images of at least ${network.input[0]}x${
          network.input[1]
        } pixels for ${network.name} but found ${imageHeight}x${imageWidth}`,
      );
    }
    const pooled = tf.avgPool(features, [rows, columns], 1, "valid");
    const places = pooled.shape[1] * pooled.shape[2];
    const logits = forward(
      [dense],
      pooled.reshape([batch * places, -1]),
      context,
    );
    return tf.mean(logits.reshape([batch, places, -1]), 1) as tf.Tensor2D;
  });
}

/** What comes before the pooling, the classifier, and the pooling's window. */
function partsOf({ network }: Model): {
  body: readonly Layer[];
  dense: Dense;
  window: readonly [number, number];
} {
  const pool = network.layers.at(-2);
  const dense = network.layers.at(-1);
  if (pool?.kind !== "globalAveragePool" || dense?.kind !== "dense") {
    throw new Error(
      `Expected ${network.name} to end in global average pooling and a fully connected layer`,
    );
  }
  const placed = operations(network).find(({ layer }) => layer === pool);
  const [rows = 0, columns = 0] = placed?.input ?? [];
  return { body: network.layers.slice(0, -2), dense, window: [rows, columns] };
}
