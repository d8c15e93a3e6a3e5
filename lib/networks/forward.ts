import * as tf from "@tensorflow/tfjs";
import type { Layer } from "./layer.ts";
import { operate, type OperationContext } from "./operate.ts";
import { join } from "./walk.ts";

/** What {@linkcode forward} runs with. */
export interface ForwardContext extends OperationContext {
  /** Sees each operation's output with the operation's path. */
  readonly observe?: ((path: string, output: tf.Tensor) => void) | undefined;
  /**
   * Gives what is passed on in place of a layer's output. It is called for each
   * layer that has a name, also for those made of others, after these.
   */
  readonly tap?: Tap | undefined;
}

/** Gives what is passed on in place of the output of the layer at a path. */
export type Tap = (path: string, output: tf.Tensor) => tf.Tensor;

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
    const output = forwardLayer(layer, x, context, path);
    const tapped = context.tap !== undefined && layer.name !== "";
    return tapped ? context.tap(path, output) : output;
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
    case "concatenation":
      return tf.concat(layer.branches.map(way), -1);
    default: {
      const output = operate(layer, x, context, path);
      context.observe?.(path, output);
      return output;
    }
  }
}
