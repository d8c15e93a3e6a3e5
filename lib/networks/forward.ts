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
  /**
   * Gives what is passed on in place of the sum, or mixture, of a unit's ways.
   */
  readonly tapUnit?: UnitTap | undefined;
}

/** Gives what is passed on in place of the output of the layer at a path. */
export type Tap = (path: string, output: tf.Tensor) => tf.Tensor;

/** What the ways of a residual or gated unit give, all of one shape. */
export interface UnitOutputs {
  /** `F(x)`. */
  readonly body: tf.Tensor;
  /** `h(x)`: `x` itself where the shortcut is the identity. */
  readonly shortcut: tf.Tensor;
  /** `g(x)`, of gated units only. */
  readonly gate?: tf.Tensor;
  /** `F(x) + h(x)`, or what the gate makes of them. */
  readonly output: tf.Tensor;
}

/**
 * Gives what is passed on in place of the output of the unit at a path: that of
 * the residual or gated layer, or, if it has no name, of the layer around it.
 */
export type UnitTap = (path: string, unit: UnitOutputs) => tf.Tensor;

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
  const tapped = (unit: UnitOutputs) =>
    context.tapUnit?.(path, unit) ?? unit.output;
  switch (layer.kind) {
    case "sequence":
      return way(layer.layers);
    case "residual": {
      const body = way(layer.body);
      const shortcut = way(layer.shortcut);
      return tapped({ body, shortcut, output: tf.add(body, shortcut) });
    }
    case "gated": {
      const gate = way(layer.gate);
      const body = way(layer.body);
      const shortcut = way(layer.shortcut);
      const carried = tf.mul(tf.sub(1, gate), shortcut);
      const opened = layer.gates === "both" ? tf.mul(gate, body) : body;
      return tapped({ body, shortcut, gate, output: tf.add(opened, carried) });
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
