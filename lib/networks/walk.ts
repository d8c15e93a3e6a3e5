import type { Layer, Network, Operation } from "./layer.ts";
import { operationShape, type Shape, show } from "./operation_shape.ts";

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

/** Layers inside another one that read what it reads. */
export interface Way {
  readonly layers: readonly Layer[];
  /** Whether they are a shortcut, or a gate of one. */
  readonly onShortcut: boolean;
}

/** Where layers are in a network. */
export type Place = Pick<Placed, "path" | "onShortcut">;

/** The place of a network's own layers. */
const OUTERMOST: Place = { path: "", onShortcut: false };

/** Operations of networks seen before: a network is data that never changes. */
const known = new WeakMap<Network, readonly Placed[]>();

/**
 * A network's operations in the order in which data flows.
 *
 * @throws {RangeError} If shapes do not fit, or two operations have the same
 * path: their tensors would be one.
 */
export function operations(network: Network): readonly Placed[] {
  const found = known.get(network) ?? findOperations(network);
  known.set(network, found);
  return found;
}

function findOperations({ name, layers, input }: Network): Placed[] {
  const placed: Placed[] = [];
  const paths = new Set<string>();
  walk(layers, input, (operation) => {
    const { path } = operation;
    if (paths.has(path)) {
      throw new RangeError(
        `Expected each operation of ${name} to have a path of its own but found ${path} twice`,
      );
    }
    paths.add(path);
    placed.push(operation);
  });
  return placed;
}

/** What a layer is made of; nothing if it is an operation. */
export function waysOf(layer: Layer): readonly Way[] {
  switch (layer.kind) {
    case "sequence":
      return [{ layers: layer.layers, onShortcut: false }];
    case "residual":
      return [
        { layers: layer.body, onShortcut: false },
        { layers: layer.shortcut, onShortcut: true },
      ];
    case "gated":
      return [
        { layers: layer.body, onShortcut: false },
        { layers: layer.gate, onShortcut: true },
        { layers: layer.shortcut, onShortcut: true },
      ];
    case "concatenation":
      return layer.branches.map((layers) => ({ layers, onShortcut: false }));
    default:
      return NO_WAYS;
  }
}

const NO_WAYS: readonly Way[] = [];

/**
 * Follows an image's shape through layers, each operation once.
 *
 * @param visit Told of each operation, in the order in which data flows.
 * @param place Where the layers are; a network's own if left out.
 * @returns The shape of the last layer's output.
 * @throws {RangeError} If shapes do not fit.
 */
export function walk(
  layers: readonly Layer[],
  input: Shape,
  visit: (operation: Placed) => void,
  { path, onShortcut }: Place = OUTERMOST,
): Shape {
  return layers.reduce<Shape>((shape, layer) => {
    const place = { path: join(path, layer.name), onShortcut };
    return walkLayer(layer, shape, visit, place);
  }, input);
}

function walkLayer(
  layer: Layer,
  input: Shape,
  visit: (operation: Placed) => void,
  { path, onShortcut }: Place,
): Shape {
  const outputs = () =>
    waysOf(layer).map((way) => {
      const beside = onShortcut || way.onShortcut;
      return walk(way.layers, input, visit, { path, onShortcut: beside });
    });
  switch (layer.kind) {
    case "sequence":
      return outputs()[0] ?? input;
    case "residual":
      return same(outputs(), "both ways", path);
    case "gated":
      return same(outputs(), "body, gate and shortcut", path);
    case "concatenation":
      return joined(outputs(), path);
    default: {
      const output = operationShape(layer, path, input);
      visit({ layer, path, input, output, onShortcut });
      return output;
    }
  }
}

/** The one shape of all ways. */
function same(shapes: readonly Shape[], ways: string, path: string): Shape {
  const [first = []] = shapes;
  if (shapes.every((shape) => areEqual(shape, first))) return first;
  throw new RangeError(
    `Expected ${ways} of ${nameOf(path)} to give the same shape but found ${
      list(shapes)
    }`,
  );
}

/** The shape of outputs joined along channels, or of lists of features. */
function joined(shapes: readonly Shape[], path: string): Shape {
  const [first] = shapes;
  if (first === undefined) {
    throw new RangeError(
      `Expected ${nameOf(path)} to have branches but found none`,
    );
  }
  const pixels = first.slice(0, -1);
  if (shapes.some((shape) => !areEqual(shape.slice(0, -1), pixels))) {
    throw new RangeError(
      `Expected branches of ${
        nameOf(path)
      } to give images of the same height and width but found ${list(shapes)}`,
    );
  }
  const channels = shapes.reduce((sum, shape) => sum + (shape.at(-1) ?? 0), 0);
  return [...pixels, channels];
}

function areEqual(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

function list(shapes: readonly Shape[]): string {
  return new Intl.ListFormat("en").format(shapes.map(show));
}

function nameOf(path: string): string {
  return path === "" ? "a layer without a name" : path;
}

/** A layer's path: layers without a name of their own share their parent's. */
export function join(parent: string, name: string): string {
  return parent === "" || name === "" ? parent + name : `${parent}/${name}`;
}
