import type * as tf from "@tensorflow/tfjs";
import type { Network } from "./layer.ts";

/**
 * Checks that a tensor is a batch of images as a network reads them. Height and
 * width may be others than the description's: a network that ends in average
 * pooling reads images of any size.
 *
 * @throws {Error} If it has another rank, other channels, or no image.
 */
export function checkImages({ name, input }: Network, images: tf.Tensor): void {
  const [height, width, channels] = input;
  const { shape, rank } = images;
  if (rank === 4 && shape[3] === channels && (shape[0] ?? 0) > 0) return;
  throw new Error(
    `Expected images for ${name} to have the shape [batch, ${height}, ${width}, ${channels}], of at least one image, but found [${
      shape.join(", ")
    }]`,
  );
}
