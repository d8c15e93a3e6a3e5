import type {
  Concatenation,
  Gated,
  Layer,
  Operation,
  Residual,
} from "../networks/layer.ts";
import { outputShape, type Shape } from "../networks/shape.ts";
import { join, type Placed, walk } from "../networks/walk.ts";
import { type Block, type Metrics, NOTHING, stack } from "./block.ts";

/** Where layers are, and what they read. */
export interface At {
  /** Names from the network down. */
  readonly path: string;
  readonly input: Shape;
}

/** A way of drawing layers: what becomes of each kind in a fold over them. */
export interface Manner {
  readonly metrics: Metrics;
  operation(layer: Operation, at: At): Block;
  residual(layer: Residual, at: At): Block;
  gated(layer: Gated, at: At): Block;
  concatenation(layer: Concatenation, at: At): Block;
}

/** Draws layers below each other. */
export function layOut(
  layers: readonly Layer[],
  at: At,
  manner: Manner,
): Block {
  let { input } = at;
  const blocks = layers.map((layer) => {
    const here = { path: join(at.path, layer.name), input };
    input = outputShape(layer, input);
    return layOutOne(layer, here, manner);
  });
  return stack(blocks, manner.metrics);
}

function layOutOne(layer: Layer, at: At, manner: Manner): Block {
  switch (layer.kind) {
    case "sequence":
      return layOut(layer.layers, at, manner);
    case "residual":
      return manner.residual(layer, at);
    case "gated":
      return manner.gated(layer, at);
    case "concatenation":
      return manner.concatenation(layer, at);
    case "flatten":
      // Changes no value: only how they are counted.
      return NOTHING;
    default:
      return manner.operation(layer, at);
  }
}

/** The operations in layers, in the order in which data flows. */
export function operationsIn(layers: readonly Layer[], at: At): Placed[] {
  const placed: Placed[] = [];
  walk(layers, at.input, (operation) => placed.push(operation), {
    path: at.path,
    onShortcut: false,
  });
  return placed;
}
