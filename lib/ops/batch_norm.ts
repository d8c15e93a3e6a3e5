import * as tf from "@tensorflow/tfjs";
import {
  boolAttribute,
  floatAttribute,
  stringAttribute,
} from "../backends/tensorflow/attributes.ts";
import {
  activeTensorFlow,
  type KernelBackend,
} from "../backends/tensorflow/backend.ts";
import { withGradient } from "./with_gradient.ts";

/** Added to the variance, so that its root is never 0. */
export const EPSILON = 1e-5;

/** Part of a running statistic that a mini-batch replaces. */
export const RUNNING_RATE = 0.1;

/** A batch-normalisation layer's tensors, each of shape `[channels]`. */
export interface BatchNormTensors {
  readonly scale: tf.Tensor1D;
  readonly shift: tf.Tensor1D;
  readonly runningMean: tf.Variable<tf.Rank.R1>;
  readonly runningVariance: tf.Variable<tf.Rank.R1>;
}

/**
 * Batch normalisation with the mini-batch's own statistics (Ioffe and Szegedy
 * 2015): `scale * (x - mean) / sqrt(variance + 1e-5) + shift`, mean and
 * variance a channel over batch, height and width.
 *
 * Each running statistic becomes `0.9 * running + 0.1 * batch`, the variance
 * being that of a sample (divided by one less than the number of values).
 *
 * @param x Images of shape `[batch, height, width, channels]`, or features of
 * shape `[batch, channels]`.
 */
export function batchNormTraining<T extends tf.Tensor>(
  x: T,
  tensors: BatchNormTensors,
): T {
  const backend = activeTensorFlow();
  const images = asImages(x);
  const y = backend === undefined
    ? genericTraining(images, tensors)
    : fusedTraining(backend.kernels, images, tensors);
  return sameShape(y, x);
}

/** Features of shape `[batch, channels]` are images of one pixel. */
function asImages(x: tf.Tensor): tf.Tensor4D {
  if (x.rank === 4) return x as tf.Tensor4D;
  const channels = x.shape.at(-1) ?? 1;
  return tf.reshape(x, [-1, 1, 1, channels]) as tf.Tensor4D;
}

function sameShape<T extends tf.Tensor>(y: tf.Tensor, x: T): T {
  return (x.rank === 4 ? y : tf.reshape(y, x.shape)) as T;
}

/**
 * Batch normalisation with the running statistics, for images that are judged
 * one by one: `scale * (x - mean) / sqrt(variance + 1e-5) + shift`.
 *
 * @param x Images of shape `[batch, height, width, channels]`, or features of
 * shape `[batch, channels]`.
 */
export function batchNormInference<T extends tf.Tensor>(
  x: T,
  { scale, shift, runningMean, runningVariance }: BatchNormTensors,
): T {
  const y = tf.batchNorm4d(
    asImages(x),
    runningMean,
    runningVariance,
    shift,
    scale,
    EPSILON,
  );
  return sameShape(y, x);
}

function attributesOf(training: boolean) {
  return [
    floatAttribute("epsilon", EPSILON),
    stringAttribute("data_format", "NHWC"),
    boolAttribute("is_training", training),
  ];
}

/** `FusedBatchNormV3` and its gradient, which read `x` once each. */
function fusedTraining(
  kernels: KernelBackend,
  x: tf.Tensor4D,
  { scale, shift, runningMean, runningVariance }: BatchNormTensors,
): tf.Tensor4D {
  return withGradient([x, scale, shift], (x, scale, shift) => {
    const [y, mean, variance, ...reserved] = kernels.executeMultipleOutputs(
      "FusedBatchNormV3",
      [
        ...attributesOf(true),
        floatAttribute("exponential_avg_factor", RUNNING_RATE),
      ],
      [x, scale, shift, runningMean, runningVariance],
      6,
    );
    if (!y || !mean || !variance) throw new Error("An output is missing");
    runningMean.assign(mean as tf.Tensor1D);
    runningVariance.assign(variance as tf.Tensor1D);
    return {
      value: y as tf.Tensor4D,
      saved: [x, scale],
      reserved,
      gradient: (dy, saved) =>
        kernels.executeMultipleOutputs(
          "FusedBatchNormGradV3",
          attributesOf(true),
          [dy, ...saved],
          5,
        ).slice(0, 3),
    };
  });
}

/**
 * The same by sums over each channel, for other backends. What tfjs makes of the
 * definition by its chain rule takes twice as many passes over `x`.
 */
function genericTraining(
  x: tf.Tensor4D,
  { scale, shift, runningMean, runningVariance }: BatchNormTensors,
): tf.Tensor4D {
  const count = x.size / scale.size;
  return withGradient([x, scale, shift], (x, scale, shift) => {
    const { mean, variance, normaliser } = statisticsOf(x);
    const sample = tf.mul(variance, count / Math.max(count - 1, 1));
    blend(runningMean, mean);
    blend(runningVariance, sample);
    const factor = tf.mul(scale, normaliser);
    const offset = tf.sub(shift, tf.mul(mean, factor));
    return {
      value: tf.add(tf.mul(x, factor), offset) as tf.Tensor4D,
      saved: [x, scale],
      // dx: see batch_norm_gradient.ts, put in order of dy, x and a constant.
      gradient(dy, saved) {
        const [x, scale] = saved as [tf.Tensor4D, tf.Tensor1D];
        // Anew, for a gradient of the gradient: they follow from x.
        const { centred, normaliser } = statisticsOf(x);
        const factor = tf.mul(scale, normaliser);
        const dShift = channelSum(dy);
        const dScale = tf.mul(channelSum(tf.mul(dy, centred)), normaliser);
        const along = tf.mul(tf.mul(factor, normaliser), dScale);
        const level = tf.mul(factor, dShift);
        const dx = tf.sub(
          tf.sub(tf.mul(dy, factor), tf.mul(centred, tf.div(along, count))),
          tf.div(level, count),
        );
        return [dx, dScale, dShift];
      },
    };
  });
}

function statisticsOf(x: tf.Tensor4D) {
  const count = x.size / x.shape[3];
  const mean = tf.div(channelSum(x), count);
  const centred = tf.sub(x, mean) as tf.Tensor4D;
  const variance = tf.div(channelSum(tf.square(centred)), count);
  const normaliser = tf.rsqrt(tf.add(variance, EPSILON));
  return { mean, centred, variance, normaliser };
}

/**
 * Sums over batch, height and width: image by image first, as WebAssembly adds
 * one number after another, and of a million the last digits are lost.
 */
function channelSum(x: tf.Tensor): tf.Tensor1D {
  return tf.sum(tf.sum(x, [1, 2]), 0);
}

function blend(running: tf.Variable<tf.Rank.R1>, batch: tf.Tensor): void {
  const kept = tf.mul(running, 1 - RUNNING_RATE);
  running.assign(tf.add(kept, tf.mul(batch, RUNNING_RATE)));
}
