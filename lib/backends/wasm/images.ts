import * as tf from "@tensorflow/tfjs";

/** What tfjs gives a kernel. */
export interface KernelArguments {
  readonly inputs: tf.NamedTensorInfoMap;
  readonly attrs?: tf.NamedAttrMap;
}

/** A shape of images: `[batch, height, width, channels]`. */
export type Shape = [number, number, number, number];

/** Puts a kernel in the place of tfjs's own, if it has one. */
export function replaceKernel(
  kernelName: string,
  kernelFunc: (given: KernelArguments) => tf.TensorInfo,
): void {
  const own = tf.getKernel(kernelName, "wasm");
  if (own?.kernelFunc === kernelFunc) return;
  if (own !== undefined) tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
}

/** Images with zeros between their pixels, so that these are a stride apart. */
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
  const spread: tf.Tensor4D = tf.reshape(rows, [
    ...[count, newHeight] as const,
    ...[newWidth, channels] as const,
  ]);
  // None behind the last pixels.
  return tf.slice<tf.Rank.R4, tf.Tensor4D>(spread, 0, [
    ...[count, newHeight - strideHeight + 1] as const,
    ...[newWidth - strideWidth + 1, channels] as const,
  ]);
}

/** Puts `times - 1` times as many zeros after each `length` values. */
function zerosAfter(x: tf.Tensor, length: number, times: number): tf.Tensor {
  const rows = tf.reshape(x, [-1, length]);
  return tf.pad(rows, [[0, 0], [0, length * (times - 1)]]);
}

/**
 * Puts a border around images so that the pixel at (0, 0) comes to (`top`,
 * `left`) of images of another size. Pixels that fall outside are taken off.
 *
 * @param border What it is filled with. Default 0.
 */
export function placePixels(
  images: tf.Tensor4D,
  [top, left]: readonly [top: number, left: number],
  [height, width]: readonly [height: number, width: number],
  border = 0,
): tf.Tensor4D {
  const [count, oldHeight, oldWidth, channels] = images.shape;
  const beside = (before: number, size: number, old: number) =>
    [Math.max(before, 0), Math.max(size - before - old, 0)] as [number, number];
  const padded = tf.pad(
    images,
    [
      [0, 0],
      beside(top, height, oldHeight),
      beside(left, width, oldWidth),
      [0, 0],
    ],
    border,
  );
  return tf.slice<tf.Rank.R4, tf.Tensor4D>(
    padded,
    [0, Math.max(-top, 0), Math.max(-left, 0), 0],
    [count, height, width, channels],
  );
}
