import * as tf from "@tensorflow/tfjs";

/**
 * Images with zeros between their pixels, so that these are a stride apart.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @returns Of shape `[batch, (height - 1) strideHeight + 1, (width - 1)
 * strideWidth + 1, channels]`.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { assertEquals } from "@std/assert";
 * import { useBackend } from "../use_backend.ts";
 * import { spreadPixels } from "./spread_pixels.ts";
 *
 * await useBackend({ name: "wasm", quiet: true });
 * const spread = spreadPixels(tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]), 1, 3);
 * assertEquals(await tf.squeeze(spread).array(), [[1, 0, 0, 2], [3, 0, 0, 4]]);
 * ```
 */
export function spreadPixels(
  images: tf.Tensor4D,
  strideHeight: number,
  strideWidth: number,
): tf.Tensor4D {
  if (strideHeight === 1 && strideWidth === 1) return images;
  const [count, height, width, channels] = images.shape;
  const pixels = zerosAfter(images, channels, strideWidth);
  const rows = zerosAfter(pixels, width * strideWidth * channels, strideHeight);
  const [newHeight, newWidth] = [height * strideHeight, width * strideWidth];
  const spread = tf.reshape<tf.Rank.R4>(
    rows,
    [count, newHeight, newWidth, channels],
  );
  // None behind the last pixels.
  return tf.slice4d(
    spread,
    [0, 0, 0, 0],
    [count, newHeight - strideHeight + 1, newWidth - strideWidth + 1, channels],
  );
}

/** Puts `times - 1` times as many zeros after each `length` values. */
function zerosAfter(x: tf.Tensor, length: number, times: number): tf.Tensor {
  const rows = tf.reshape(x, [x.size / length, length]);
  return tf.pad(rows, [[0, 0], [0, length * (times - 1)]]);
}
