import * as tf from "@tensorflow/tfjs";
import { fnv1a } from "../data/fnv1a.ts";
import { averagePool } from "../ops/average_pool.ts";
import { batchNormInference, batchNormTraining } from "../ops/batch_norm.ts";
import { dropout } from "../ops/dropout.ts";
import { groupedConvolution } from "../ops/grouped_convolution.ts";
import { localResponseNorm } from "../ops/local_response_norm.ts";
import { maxPool } from "../ops/max_pool.ts";
import { parametricRelu } from "../ops/parametric_relu.ts";
import { softsign } from "../ops/softsign.ts";
import { spatialPyramidPool } from "../ops/spatial_pyramid_pool.ts";
import { zeroPadShortcut } from "../ops/zero_pad_shortcut.ts";
import type { Activation, Operation } from "./layer.ts";

/** What {@linkcode operate} runs with. */
export interface OperationContext {
  /** A tensor of the network by its name, such as "conv/kernel". */
  readonly tensor: <R extends tf.Rank>(name: string) => tf.Variable<R>;
  /**
   * Whether batch statistics are used and running statistics updated, and
   * whether dropout drops.
   */
  readonly training: boolean;
  /**
   * What dropout draws from in training, of shape `[2]`, int32. Each layer
   * draws other numbers, named by its path.
   */
  readonly dropoutSeed?: tf.Tensor1D | undefined;
}

/**
 * Runs one operation.
 *
 * @param x Of shape `[batch, height, width, channels]` or `[batch, features]`.
 * @param path The operation's path, which its tensors' names begin with.
 * @throws {Error} If it is dropout and is trained without a seed.
 */
export function operate(
  layer: Operation,
  x: tf.Tensor,
  context: OperationContext,
  path: string,
): tf.Tensor {
  const { tensor, training } = context;
  const images = x as tf.Tensor4D;
  switch (layer.kind) {
    case "convolution": {
      const kernel = tensor<tf.Rank.R4>(`${path}/kernel`);
      const y = groupedConvolution(images, kernel, layer);
      return layer.bias ? tf.add(y, tensor(`${path}/bias`)) : y;
    }
    case "dense": {
      const y = tf.matMul(x, tensor(`${path}/kernel`));
      return layer.bias ? tf.add(y, tensor(`${path}/bias`)) : y;
    }
    case "batchNorm": {
      const norm = training ? batchNormTraining : batchNormInference;
      return norm(images, {
        scale: tensor(`${path}/scale`),
        shift: tensor(`${path}/shift`),
        runningMean: tensor(`${path}/runningMean`),
        runningVariance: tensor(`${path}/runningVariance`),
      });
    }
    case "activation":
      return ACTIVATIONS[layer.function](x);
    case "parametricRelu":
      return parametricRelu(x, tensor(`${path}/slope`));
    case "localResponseNorm":
      return localResponseNorm(images, layer);
    case "maxPool":
      return maxPool(images, layer);
    case "averagePool":
      return averagePool(images, layer);
    case "globalAveragePool":
      return tf.mean(x, [1, 2]);
    case "spatialPyramidPool":
      return spatialPyramidPool(images, layer.bins);
    case "zeroPadShortcut":
      return zeroPadShortcut(images, layer.stride, layer.channels);
    case "flatten":
      return tf.reshape(x, [x.shape[0] ?? 1, -1]);
    case "dropout":
      return training ? drop(x, layer.rate, context, path) : x;
    case "scale":
      return tf.mul(x, layer.factor);
  }
}

const ACTIVATIONS: Record<
  Activation["function"],
  (x: tf.Tensor) => tf.Tensor
> = { relu: tf.relu, sigmoid: tf.sigmoid, tanh: tf.tanh, softsign };

function drop(
  x: tf.Tensor,
  rate: number,
  { dropoutSeed }: OperationContext,
  path: string,
): tf.Tensor {
  if (dropoutSeed === undefined) {
    throw new Error(
      `Expected a dropoutSeed to train with, for ${path} to draw from, but found none`,
    );
  }
  return dropout(x, rate, dropoutSeed, fnv1a(path));
}
