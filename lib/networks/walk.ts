import type { Layer, Network, Operation } from "./layer.ts";
import { outputShape, type Shape } from "./shape.ts";

/** An operation at its place in a network. */
export interface Placed {
  readonly layer: Operation;
  /** Names from the network down, such as "stage2/unit1/conv1". */
  readonly path: string;
  readonly input: Shape;
  readonly output: Shape;
  /** Whether the operation is on a shortcut, or on a gate of one. */
  readonly onShortcut: boolean;
}

/**
 * A network's operations in the order in which data flows.
 *
 * @throws {RangeError} If two have the same path: their tensors would be one.
 */
export function operations(network: Network): Placed[] {
  const placed = walkAll(network.layers, "", network.input, false);
  const paths = new Set<string>();
  for (const { path } of placed) {
    if (paths.has(path)) {
      throw new RangeError(
        `Expected each operation of ${network.name} to have a path of its own but found ${path} twice`,
      );
    }
    paths.add(path);
  }
  return placed;
}

function walkAll(
  layers: readonly Layer[],
  parent: string,
  input: Shape,
  onShortcut: boolean,
): Placed[] {
  const placed: Placed[] = [];
  let shape = input;
  for (const layer of layers) {
    placed.push(...walk(layer, parent, shape, onShortcut));
    shape = outputShape(layer, shape);
  }
  return placed;
}

function walk(
  layer: Layer,
  parent: string,
  input: Shape,
  onShortcut: boolean,
): Placed[] {
  const path = join(parent, layer.name);
  const way = (layers: readonly Layer[], beside: boolean) =>
    walkAll(layers, path, input, onShortcut || beside);
  switch (layer.kind) {
    case "sequence":
      return way(layer.layers, false);
    case "residual":
      return [...way(layer.body, false), ...way(layer.shortcut, true)];
    case "gated":
      return [
        ...way(layer.body, false),
        ...way(layer.gate, true),
        ...way(layer.shortcut, true),
      ];
    default:
      return [{
        layer,
        path,
        input,
        output: outputShape(layer, input),
        onShortcut,
      }];
  }
}

/** A layer's path: layers without a name of their own share their parent's. */
export function join(parent: string, name: string): string {
  return parent === "" || name === "" ? parent + name : `${parent}/${name}`;
}
