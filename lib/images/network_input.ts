import * as tf from "@tensorflow/tfjs";

/** How pixels of 0 to 255 become a network's input. */
export interface Normalisation {
  /**
   * What is subtracted: a value for each channel, `[3]`, or for each pixel of a
   * crop, `[size * size * 3]`.
   */
  readonly mean: ArrayLike<number>;
  /** What each channel is divided by then, `[3]`. */
  readonly deviation: readonly [number, number, number];
}

/**
 * The normalisation that torchvision's weights were trained with: means and
 * standard deviations of ImageNet's channels.
 */
export const TORCHVISION_NORMALISATION: Normalisation = {
  mean: [0.485, 0.456, 0.406].map((value) => 255 * value),
  deviation: [255 * 0.229, 255 * 0.224, 255 * 0.225],
};

/** Principal components of the colours of a training set's pixels. */
export interface ColourComponents {
  /** Standard deviation along each component, in pixel values, `[3]`. */
  readonly deviations: readonly [number, number, number];
  /** A component a row, red, green and blue, each of length 1. */
  readonly components: readonly (readonly [number, number, number])[];
}

/**
 * The colour components of ImageNet's training images. The numbers are those of
 * Facebook's implementation of R15 (fb.resnet.torch), times 255.
 */
export const IMAGENET_COLOURS: ColourComponents = {
  deviations: [255 * 0.2175, 255 * 0.0188, 255 * 0.0045],
  components: [
    [-0.5675, -0.5808, -0.5836],
    [0.7192, -0.0045, -0.6948],
    [0.4009, -0.8140, 0.4203],
  ],
};

/** How the crops of a mini-batch are changed. */
export interface Changes {
  /** 1 where an image is mirrored left to right, of shape `[batch]`. */
  readonly flips?: tf.Tensor1D;
  /** Strength of each colour component, of shape `[batch, 3]`. */
  readonly colours?: tf.Tensor2D;
  /** Default those of ImageNet. */
  readonly components?: ColourComponents;
}

/**
 * A network's input from crops: mirrored, AlexNet's colours added, normalised.
 * To each pixel of an image `sum_i strength_i * deviation_i * component_i` is
 * added (Krizhevsky et al. 2012, section 4.1, whose lambda is an eigenvalue; with
 * standard deviations, as all implementations have it, the shifts are small).
 *
 * All of it is tensor code, so that it can be part of a traced step.
 *
 * @param images Pixels 0 to 255, of shape `[batch, height, width, 3]`.
 * @returns float32, of the same shape.
 */
export function networkInput(
  images: tf.Tensor4D,
  { mean, deviation }: Normalisation,
  { flips, colours, components = IMAGENET_COLOURS }: Changes = {},
): tf.Tensor4D {
  return tf.tidy(() => {
    const [, height, width] = images.shape;
    // While the values are bytes: less memory to move than as float32.
    const turned = flips === undefined ? images : tf.where(
      tf.cast(flips, "bool").reshape([-1, 1, 1, 1]),
      tf.reverse(images, 2),
      images,
    );
    const perPixel = mean.length !== 3;
    if (perPixel && mean.length !== height * width * 3) {
      throw new RangeError(
        `Expected the mean of 3 channels or of ${height}x${width}x3 values but found ${mean.length}`,
      );
    }
    let subtracted: tf.Tensor = tf.tensor(
      Float32Array.from(mean),
      perPixel ? [1, height, width, 3] : [1, 1, 1, 3],
    );
    if (colours !== undefined) {
      const rows = components.components.map((component, i) =>
        component.map((value) => value * (components.deviations[i] ?? 0))
      );
      const shifts = tf.matMul(colours, tf.tensor2d(rows, [3, 3]));
      subtracted = tf.sub(subtracted, shifts.reshape([-1, 1, 1, 3]));
    }
    return tf.div(
      tf.sub(tf.cast(turned, "float32"), subtracted),
      tf.tensor([...deviation], [1, 1, 1, 3]),
    ) as tf.Tensor4D;
  });
}

/**
 * The normalisation with one mean for each channel, for images of any size.
 */
export function perChannel({ mean, deviation }: Normalisation): Normalisation {
  const sums = [0, 0, 0];
  for (let i = 0; i < mean.length; i++) sums[i % 3]! += mean[i] ?? 0;
  return { mean: sums.map((sum) => 3 * sum / mean.length), deviation };
}
