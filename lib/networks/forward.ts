import * as tf from "@tensorflow/tfjs";
import { batchNormInference, batchNormTraining } from "../ops/batch_norm.ts";
import { convolution } from "../ops/convolution.ts";
import { maxPool } from "../ops/max_pool.ts";
import { zeroPadShortcut } from "../ops/zero_pad_shortcut.ts";
import type { Layer, Operation } from "./layer.ts";
import { join } from "./walk.ts";

/** What {@linkcode forward} runs with. */
export interface ForwardContext {
  /** A tensor of the network by its name, such as "conv/kernel". */
  readonly tensor: <R extends tf.Rank>(name: string) => tf.Variable<R>;
  /** Whether batch statistics are used and running statistics updated. */
  readonly training: boolean;
  /** Sees each operation's output with the operation's path. */
  readonly observe?: ((path: string, output: tf.Tensor) => void) | undefined;
}

/**
 * Runs layers one after another.
 *
 * @param x Of shape `[batch, height, width, channels]` or `[batch, features]`.
 * @param parent Path of what the layers belong to; empty for a network.
 */
export function forward(
  layers: readonly Layer[],
  x: tf.Tensor,
  context: ForwardContext,
  parent = "",
): tf.Tensor {
  return layers.reduce((x, layer) => {
    const path = join(parent, layer.name);
    return forwardLayer(layer, x, context, path);
  }, x);
}

function forwardLayer(
  layer: Layer,
  x: tf.Tensor,
  context: ForwardContext,
  path: string,
): tf.Tensor {
  const way = (layers: readonly Layer[]) => forward(layers, x, context, path);
  switch (layer.kind) {
    case "sequence":
      return way(layer.layers);
    case "residual":
      return tf.add(way(layer.body), way(layer.shortcut));
    case "gated": {
      const gate = way(layer.gate);
      const body = way(layer.body);
      const carried = tf.mul(tf.sub(1, gate), way(layer.shortcut));
      const opened = layer.gates === "both" ? tf.mul(gate, body) : body;
      return tf.add(opened, carried);
    }
    default: {
      const output = operate(layer, x, context, path);
      context.observe?.(path, output);
      return output;
    }
  }
}

function operate(
  layer: Operation,
  x: tf.Tensor,
  { tensor, training }: ForwardContext,
  path: string,
): tf.Tensor {
  switch (layer.kind) {
    case "convolution": {
      const y = convolution(
        x as tf.Tensor4D,
        tensor<tf.Rank.R4>(`${path}/kernel`),
        layer.stride,
        layer.padding,
      );
      return layer.bias ? tf.add(y, tensor(`${path}/bias`)) : y;
    }
    case "dense":
      return tf.add(
        tf.matMul(x, tensor(`${path}/kernel`)),
        tensor(`${path}/bias`),
      );
    case "batchNorm": {
      const norm = training ? batchNormTraining : batchNormInference;
      return norm(x as tf.Tensor4D, {
        scale: tensor(`${path}/scale`),
        shift: tensor(`${path}/shift`),
        runningMean: tensor(`${path}/runningMean`),
        runningVariance: tensor(`${path}/runningVariance`),
      });
    }
    case "activation":
      return tf[layer.function](x);
    case "maxPool":
      return maxPool(
        x as tf.Tensor4D,
        layer.size,
        layer.stride,
        layer.padding,
      );
    case "globalAveragePool":
      return tf.mean(x, [1, 2]);
    case "zeroPadShortcut":
      return zeroPadShortcut(x as tf.Tensor4D, layer.stride, layer.channels);
    case "flatten":
      return tf.reshape(x, [x.shape[0] ?? 1, -1]);
  }
}
