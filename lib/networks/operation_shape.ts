import { countWindows, type Windows } from "../ops/windows.ts";
import type { Convolution, Operation } from "./layer.ts";

/** `[height, width, channels]` of an image, or `[features]`. */
export type Shape = readonly number[];

/**
 * The shape of an operation's output, without the batch.
 *
 * @param path Names the operation in messages.
 * @throws {RangeError} If the operation cannot take such an input, or a number
 * of its description is out of range.
 */
export function operationShape(
  layer: Operation,
  path: string,
  input: Shape,
): Shape {
  switch (layer.kind) {
    case "batchNorm":
    case "activation":
    case "parametricRelu":
    case "scale":
      return input;
    case "convolution":
      return convolved(layer, path, input);
    case "dense":
      if (input.length !== 1) {
        throw new RangeError(
          `Expected ${path} to get features but found shape ${show(input)}`,
        );
      }
      return [layer.units];
    case "localResponseNorm":
      check(isOdd(layer.size), path, "size", "an odd integer", layer.size);
      return imageShape(path, input);
    case "maxPool":
    case "averagePool":
      return pooled(layer, path, input);
    case "globalAveragePool":
      return [imageShape(path, input)[2]];
    case "spatialPyramidPool":
      return pyramid(layer.bins, path, input);
    case "zeroPadShortcut":
      return padded(layer, path, input);
    case "flatten":
      return [input.reduce((product, size) => product * size, 1)];
    case "dropout": {
      const { rate } = layer;
      check(rate >= 0 && rate < 1, path, "rate", "from 0 to below 1", rate);
      return input;
    }
  }
}

/**
 * `shape` as an image's.
 *
 * @param path Names the layer that reads it in messages.
 * @throws {RangeError} If it is none.
 */
export function imageShape(
  path: string,
  shape: Shape,
): readonly [height: number, width: number, channels: number] {
  const [height, width, channels] = shape;
  if (
    height === undefined || width === undefined || channels === undefined
  ) {
    throw new RangeError(
      `Expected ${path} to get an image but found shape ${show(shape)}`,
    );
  }
  return [height, width, channels];
}

/** A shape for messages, such as "[32, 32, 16]". */
export function show(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

function convolved(layer: Convolution, path: string, input: Shape): Shape {
  const { kernelSize: size, filters, stride, padding, groups } = layer;
  const [, , channels] = imageShape(path, input);
  if (channels % groups !== 0 || filters % groups !== 0) {
    throw new RangeError(
      `Expected groups of ${path} to divide ${channels} channels and ${filters} filters but found ${groups}`,
    );
  }
  const windows: Windows = { size, stride, padding, rounding: "floor" };
  const [rows, columns] = countBoth(windows, path, input);
  return [rows, columns, filters];
}

function pooled(windows: Windows, path: string, input: Shape): Shape {
  const { size, padding } = windows;
  // A window in the border alone would have no largest value.
  check(padding < size, path, "padding", `below its size ${size}`, padding);
  return [...countBoth(windows, path, input), imageShape(path, input)[2]];
}

function pyramid(bins: readonly number[], path: string, input: Shape): Shape {
  const [, , channels] = imageShape(path, input);
  for (const count of bins) {
    const whole = Number.isInteger(count) && count > 0;
    check(whole, path, "bins", "integers greater than 0", count);
  }
  return [bins.reduce((sum, count) => sum + count ** 2, 0) * channels];
}

function padded(
  { stride, channels }: { stride: number; channels: number },
  path: string,
  input: Shape,
): Shape {
  const [, , from] = imageShape(path, input);
  if (from > channels) {
    throw new RangeError(
      `Expected ${path} to add channels but it goes from ${from} to ${channels}`,
    );
  }
  const pixels = { size: 1, stride, padding: 0, rounding: "floor" } as const;
  return [...countBoth(pixels, path, input), channels];
}

/** Rows and columns of windows. */
function countBoth(
  windows: Windows,
  path: string,
  input: Shape,
): readonly [rows: number, columns: number] {
  const [height, width] = imageShape(path, input);
  const rows = countWindows(height, windows);
  const columns = countWindows(width, windows);
  if (rows < 1 || columns < 1) {
    throw new RangeError(
      `Expected ${path} to get an image of at least ${
        windows.size - 2 * windows.padding
      } pixels a side but found ${height} x ${width}`,
    );
  }
  return [rows, columns];
}

function check(
  holds: boolean,
  path: string,
  what: string,
  expected: string,
  found: number,
): void {
  if (holds) return;
  throw new RangeError(
    `Expected ${what} of ${path} to be ${expected} but found ${found}`,
  );
}

function isOdd(value: number): boolean {
  return Number.isInteger(value) && value % 2 === 1;
}
