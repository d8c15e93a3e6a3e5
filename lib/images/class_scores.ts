import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { fullyConvolutionalLogits } from "./fully_convolutional.ts";
import {
  networkInput,
  type Normalisation,
  perChannel,
} from "./network_input.ts";
import {
  centreCrop,
  shorterSideFor,
  tenCrops,
  wholeImage,
} from "./judging_views.ts";

/** What of an image is looked at to classify it. */
export type Views =
  /** The crop in the middle. */
  | "centre"
  /** The ten crops of Krizhevsky et al. 2012 (R15's "10-crop testing"). */
  | "ten-crop"
  /**
   * The whole image and its mirror image, its shorter side resized to each of
   * these lengths; by default R15's.
   */
  | { readonly scales: readonly number[] };

/** The lengths of the shorter side that R15 section 3.4 averages over. */
export const R15_SCALES: readonly number[] = [224, 256, 384, 480, 640];

/**
 * The ways of looking at an image, the cheapest first: one crop, R15's 10-crop
 * testing (Tables 2 and 3), and R15's scales (Table 4).
 */
export const R15_VIEWS: readonly Views[] = [
  "centre",
  "ten-crop",
  { scales: R15_SCALES },
];

/** How images are classified. */
export interface ScoreOptions {
  readonly normalisation: Normalisation;
  /** Default "centre". */
  readonly views?: Views;
  /**
   * What the shorter side is resized to before crops are taken. Default 8/7 of
   * the network's own input: 256 for 224.
   */
  readonly shorterSide?: number;
}

/**
 * The probabilities of the classes for an image, averaged over views of it:
 * means of softmax outputs (Krizhevsky et al. 2012, section 4.1).
 *
 * At several scales the network is applied in its fully-convolutional form (see
 * {@linkcode fullyConvolutionalLogits}), with one mean for each channel.
 *
 * @param image A byte for each value, of shape `[height, width, 3]`.
 * @returns Of shape `[classes]`. The caller disposes of it.
 * @throws {Error} If the network has no fully-convolutional form that is known
 * here, and several scales are asked for.
 * @throws {NarrowImageError} If the image is too long and narrow for its scales.
 * @throws {RangeError} If the mean is neither one for each channel nor one for
 * each value of a crop.
 */
export async function classScores(
  model: Model,
  image: tf.Tensor3D,
  { normalisation, views = "centre", shorterSide }: ScoreOptions,
): Promise<tf.Tensor1D> {
  const [size] = model.network.input;
  if (typeof views === "string") {
    const crops = {
      size,
      shorterSide: shorterSide ?? shorterSideFor(size),
    };
    const pixels = views === "centre"
      ? await centreCrop(image, crops)
      : await tenCrops(image, crops);
    try {
      return tf.tidy(() =>
        averaged(model.logits(networkInput(pixels, normalisation)))
      );
    } finally {
      pixels.dispose();
    }
  }
  const channels = perChannel(normalisation);
  const scores: tf.Tensor1D[] = [];
  try {
    for (const scale of views.scales) {
      const pixels = await wholeImage(image, scale);
      try {
        scores.push(tf.tidy(() => {
          const both = tf.concat([pixels, tf.reverse(pixels, 2)], 0);
          const input = networkInput(both as tf.Tensor4D, channels);
          return averaged(fullyConvolutionalLogits(model, input));
        }));
      } finally {
        pixels.dispose();
      }
    }
    return tf.tidy(() => tf.mean(tf.stack(scores), 0) as tf.Tensor1D);
  } finally {
    tf.dispose(scores);
  }
}

function averaged(logits: tf.Tensor2D): tf.Tensor1D {
  return tf.mean(tf.softmax(logits), 0) as tf.Tensor1D;
}
