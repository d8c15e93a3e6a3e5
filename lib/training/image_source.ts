import * as tf from "@tensorflow/tfjs";
import { activeTensorFlow } from "../backends/tensorflow/backend.ts";
import { DataType } from "../backends/tensorflow/data_types.ts";
import type { LabelledImages } from "../data/dataset.ts";

/** A mini-batch's pixels, where they are, and its classes. */
export interface SourceBatch {
  /** Pixels of shape `[images * height * width, channels]`, 0 to 255. */
  readonly pixels: tf.Tensor2D;
  /** Which of the images in `pixels` to take, of shape `[batch]`. */
  readonly indices: tf.Tensor1D;
  /** Classes of shape `[batch]`. */
  readonly labels: tf.Tensor1D;
}

/** Images that mini-batches are taken from. */
export interface ImageSource {
  /** Number of images. */
  readonly count: number;
  /** The images with these indices; the caller calls `free` when done. */
  batch(indices: Int32Array): SourceBatch & { free(): void };
  /** Frees the memory of the images. */
  dispose(): void;
}

/**
 * Makes images ready for training. On the backend "tensorflow" all of them are
 * put on the device once, a byte for each value. Other backends know no bytes:
 * there each mini-batch is uploaded.
 *
 * @param images The images.
 * @param pixelsPerImage Height times width.
 */
export function imageSource(
  images: LabelledImages,
  pixelsPerImage: number,
): ImageSource {
  const backend = activeTensorFlow();
  const channels = images.images.length / images.count / pixelsPerImage;
  const labelsOf = (indices: Int32Array) =>
    tf.tensor1d(Int32Array.from(indices, (i) => images.labels[i] ?? 0));
  if (backend === undefined) {
    return uploadingSource(images, pixelsPerImage, channels, labelsOf);
  }
  const { engine, kernels } = backend;
  const shape = [images.count * pixelsPerImage, channels];
  const id = engine.create(shape, DataType.uint8, images.images);
  // To tfjs the bytes are int32; TensorFlow's ops know what they are.
  const pixels = kernels.createOutputTensor({
    id,
    shape,
    dtype: DataType.uint8,
  }) as tf.Tensor2D;
  return {
    count: images.count,
    batch(indices) {
      const batch = {
        indices: tf.tensor1d(indices),
        labels: labelsOf(indices),
      };
      return { ...batch, pixels, free: () => tf.dispose({ ...batch }) };
    },
    dispose: () => pixels.dispose(),
  };
}

function uploadingSource(
  { images, count }: LabelledImages,
  pixelsPerImage: number,
  channels: number,
  labelsOf: (indices: Int32Array) => tf.Tensor1D,
): ImageSource {
  const size = pixelsPerImage * channels;
  return {
    count,
    batch(indices) {
      const pixels = new Int32Array(indices.length * size);
      indices.forEach((image, i) =>
        pixels.set(images.subarray(image * size, (image + 1) * size), i * size)
      );
      const batch = {
        pixels: tf.tensor2d(pixels, [
          indices.length * pixelsPerImage,
          channels,
        ]),
        indices: tf.range(0, indices.length, 1, "int32"),
        labels: labelsOf(indices),
      };
      return { ...batch, free: () => tf.dispose({ ...batch }) };
    },
    dispose() {},
  };
}
