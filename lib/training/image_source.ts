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

/** A whole data set on the backend. */
export interface ResidentImages {
  /** Pixels of shape `[images * height * width, channels]`, a byte each. */
  readonly pixels: tf.Tensor2D;
  /**
   * Classes of shape `[images, 1]`, as float32, which TensorFlow keeps in a
   * GPU's memory, unlike int32.
   */
  readonly labels: tf.Tensor2D;
}

/** Images that mini-batches are taken from. */
export interface ImageSource {
  /** Number of images. */
  readonly count: number;
  /**
   * All of the images and their classes where the backend keeps them; missing
   * where each mini-batch is uploaded.
   */
  readonly resident?: ResidentImages;
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
  const labels = tf.tensor2d(Float32Array.from(images.labels), [
    images.count,
    1,
  ]);
  return {
    count: images.count,
    resident: { pixels, labels },
    batch(indices) {
      const batch = {
        indices: tf.tensor1d(indices),
        labels: labelsOf(indices),
      };
      return { ...batch, pixels, free: () => tf.dispose({ ...batch }) };
    },
    dispose: () => tf.dispose([pixels, labels]),
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
