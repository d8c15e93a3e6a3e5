import * as tf from "@tensorflow/tfjs";

/**
 * Puts a border around images so that the pixel at (0, 0) comes to (`top`,
 * `left`) of images of another size. Pixels that fall outside are taken off.
 *
 * @param images Of shape `[batch, oldHeight, oldWidth, channels]`.
 * @param border What it is filled with. Default 0.
 * @returns Of shape `[batch, height, width, channels]`.
 *
 * @example A row above, and the left column taken off
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { assertEquals } from "@std/assert";
 * import { useBackend } from "../use_backend.ts";
 * import { placePixels } from "./place_pixels.ts";
 *
 * await useBackend({ name: "wasm", quiet: true });
 * const images = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
 * const placed = placePixels(images, [1, -1], [3, 2]);
 * assertEquals(await tf.squeeze(placed).array(), [[0, 0], [2, 0], [4, 0]]);
 * ```
 */
export function placePixels(
  images: tf.Tensor4D,
  [top, left]: readonly [top: number, left: number],
  [height, width]: readonly [height: number, width: number],
  border = 0,
): tf.Tensor4D {
  const [count, oldHeight, oldWidth, channels] = images.shape;
  const rows = beside(top, height, oldHeight);
  const columns = beside(left, width, oldWidth);
  const padded = tf.pad(images, [[0, 0], rows, columns, [0, 0]], border);
  return tf.slice4d(
    padded,
    [0, Math.max(-top, 0), Math.max(-left, 0), 0],
    [count, height, width, channels],
  );
}

/** How much border there is before and after. */
function beside(before: number, size: number, old: number): [number, number] {
  return [Math.max(before, 0), Math.max(size - before - old, 0)];
}
