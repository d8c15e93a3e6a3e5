import type { Layer, Network, Operation, Residual } from "./layer.ts";
import { outputShape, type Shape } from "./shape.ts";
import { waysOf } from "./walk.ts";

/** What passes through a residual unit. */
export interface UnitShapes {
  readonly input: Shape;
  readonly output: Shape;
  /** Input pixels from one output pixel to the next. */
  readonly stride: number;
}

/**
 * Changes every residual unit of a network, those inside others first. All
 * other layers stay as they are.
 *
 * @param change Must keep the shape of the unit's output.
 */
export function mapResiduals(
  network: Network,
  change: (unit: Residual, shapes: UnitShapes) => Layer,
): Network {
  return { ...network, layers: mapAll(network.layers, network.input, change) };
}

type Change = (unit: Residual, shapes: UnitShapes) => Layer;

function mapAll(
  layers: readonly Layer[],
  input: Shape,
  change: Change,
): Layer[] {
  let shape = input;
  return layers.map((layer) => {
    const before = shape;
    shape = outputShape(layer, before);
    return mapLayer(layer, before, shape, change);
  });
}

function mapLayer(
  layer: Layer,
  input: Shape,
  output: Shape,
  change: Change,
): Layer {
  const inside = (layers: readonly Layer[]) => mapAll(layers, input, change);
  switch (layer.kind) {
    case "sequence":
      return { ...layer, layers: inside(layer.layers) };
    case "residual": {
      const unit = {
        ...layer,
        body: inside(layer.body),
        shortcut: inside(layer.shortcut),
      };
      return change(unit, { input, output, stride: strideOf(layer.body) });
    }
    case "gated":
      return {
        ...layer,
        body: inside(layer.body),
        shortcut: inside(layer.shortcut),
        gate: inside(layer.gate),
      };
    case "concatenation":
      return { ...layer, branches: layer.branches.map(inside) };
    default:
      return layer;
  }
}

/** Strides multiply along the first way through layers. */
function strideOf(layers: readonly Layer[]): number {
  return layers.reduce((all, layer) => all * strideOfLayer(layer), 1);
}

function strideOfLayer(layer: Layer): number {
  const [way] = waysOf(layer);
  return way === undefined
    ? strideOfOperation(layer as Operation)
    : strideOf(way.layers);
}

function strideOfOperation(operation: Operation): number {
  return "stride" in operation ? operation.stride : 1;
}
