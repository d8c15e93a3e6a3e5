import type { Layer, Operation } from "./layer.ts";

/** `[height, width, channels]` of an image, or `[features]`. */
export type Shape = readonly number[];

/**
 * The shape of a layer's output, without the batch.
 *
 * @throws {RangeError} If the layer cannot take such an input, or the two ways
 * of a residual or gated layer give different shapes.
 */
export function outputShape(layer: Layer, input: Shape): Shape {
  switch (layer.kind) {
    case "sequence":
      return outputShapeOfAll(layer.layers, input);
    case "residual":
      return joined(layer.name, input, layer.body, layer.shortcut);
    case "gated":
      joined(layer.name, input, layer.body, layer.gate);
      return joined(layer.name, input, layer.body, layer.shortcut);
    default:
      return operationShape(layer, input);
  }
}

/** The shape of the output of layers that follow each other. */
export function outputShapeOfAll(
  layers: readonly Layer[],
  input: Shape,
): Shape {
  return layers.reduce<Shape>((shape, next) => outputShape(next, shape), input);
}

function joined(
  name: string,
  input: Shape,
  body: readonly Layer[],
  other: readonly Layer[],
): Shape {
  const shape = outputShapeOfAll(body, input);
  const beside = outputShapeOfAll(other, input);
  if (shape.join() !== beside.join()) {
    throw new RangeError(
      `Expected both ways of ${name} to give the same shape but found [${
        shape.join(", ")
      }] and [${beside.join(", ")}]`,
    );
  }
  return shape;
}

function operationShape(layer: Operation, input: Shape): Shape {
  switch (layer.kind) {
    case "batchNorm":
    case "activation":
      return input;
    case "convolution":
      return windows(layer, input, layer.kernelSize, layer.filters);
    case "maxPool":
      return windows(layer, input, layer.size, imageShape(layer, input)[2]);
    case "zeroPadShortcut": {
      const [, , channels] = imageShape(layer, input);
      if (channels > layer.channels) {
        throw new RangeError(
          `Expected ${layer.name} to add channels but it goes from ${channels} to ${layer.channels}`,
        );
      }
      return windows({ ...layer, padding: 0 }, input, 1, layer.channels);
    }
    case "globalAveragePool":
      return [imageShape(layer, input)[2]];
    case "flatten":
      return [input.reduce((product, size) => product * size, 1)];
    case "dense":
      if (input.length !== 1) {
        throw new RangeError(
          `Expected ${layer.name} to get features but found shape [${
            input.join(", ")
          }]`,
        );
      }
      return [layer.units];
  }
}

function windows(
  layer: { name: string; stride: number; padding: number },
  input: Shape,
  size: number,
  channels: number,
): Shape {
  const [height, width] = imageShape(layer, input);
  const count = (length: number) =>
    Math.floor((length + 2 * layer.padding - size) / layer.stride) + 1;
  const shape = [count(height), count(width), channels];
  if (shape.some((length) => length < 1)) {
    throw new RangeError(
      `Expected ${layer.name} to get an image of at least ${
        size - 2 * layer.padding
      } pixels a side but found ${height} x ${width}`,
    );
  }
  return shape;
}

/** `shape` as an image's. */
export function imageShape(
  { name }: { name: string },
  shape: Shape,
): readonly [height: number, width: number, channels: number] {
  const [height, width, channels] = shape;
  if (
    height === undefined || width === undefined || channels === undefined
  ) {
    throw new RangeError(
      `Expected ${name} to get an image but found shape [${shape.join(", ")}]`,
    );
  }
  return [height, width, channels];
}
