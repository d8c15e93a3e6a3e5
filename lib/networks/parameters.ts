import type { Network } from "./layer.ts";
import { imageShape } from "./operation_shape.ts";
import { operations, type Placed } from "./walk.ts";

/** What a tensor of a network is for. */
export type TensorRole =
  | "kernel"
  | "bias"
  | "scale"
  | "shift"
  | "slope"
  | "runningMean"
  | "runningVariance";

/** A tensor that a network keeps: learned, or a running statistic. */
export interface TensorSpec {
  /** Path of the layer and the tensor's role, such as "conv1/kernel". */
  readonly name: string;
  readonly role: TensorRole;
  readonly shape: readonly number[];
  /** Whether training changes it by its gradient. */
  readonly trainable: boolean;
  /** Inputs that an output of the kernel sums over; 0 if it is no kernel. */
  readonly fanIn: number;
  /** Outputs that an input of the kernel is part of; 0 if it is no kernel. */
  readonly fanOut: number;
  /** What each of its values starts from; 0 if it is a kernel. */
  readonly initial: number;
}

/** What the slopes of a parametric ReLU start from (He et al. 2015). */
const INITIAL_SLOPE = 0.25;

/** Fans of what is no kernel. */
const NO_FANS = { fanIn: 0, fanOut: 0 };

/** The tensors of a network, layer by layer in the order data flows. */
export function tensorSpecs(network: Network): TensorSpec[] {
  return operations(network).flatMap(specsOf);
}

/** The number of parameters that training changes. */
export function countParameters(network: Network): number {
  return operations(network).reduce(
    (sum, operation) => sum + parameters(operation),
    0,
  );
}

/** The number of one operation's parameters that training changes. */
export function parameters(operation: Placed): number {
  return specsOf(operation).reduce(
    (sum, { shape, trainable }) => trainable ? sum + sizeOf(shape) : sum,
    0,
  );
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Tensors of operations seen before. */
const known = new WeakMap<Placed, readonly TensorSpec[]>();

/** The tensors of one operation. */
export function specsOf(operation: Placed): readonly TensorSpec[] {
  const found = known.get(operation) ?? findSpecs(operation);
  known.set(operation, found);
  return found;
}

function findSpecs({ layer, path, input }: Placed): TensorSpec[] {
  const spec = (
    role: TensorRole,
    shape: readonly number[],
    initial = 0,
    fans = NO_FANS,
  ): TensorSpec => ({
    name: `${path}/${role}`,
    role,
    shape,
    trainable: role !== "runningMean" && role !== "runningVariance",
    fanIn: fans.fanIn,
    fanOut: fans.fanOut,
    initial,
  });
  const channels = input.slice(-1);
  switch (layer.kind) {
    case "convolution": {
      const { kernelSize: k, filters, groups } = layer;
      const [, , inputs] = imageShape(path, input);
      const shape = [k, k, inputs / groups, filters];
      const fanIn = k * k * inputs / groups;
      const fanOut = k * k * filters / groups;
      return [
        spec("kernel", shape, 0, { fanIn, fanOut }),
        ...layer.bias ? [spec("bias", [filters], layer.initialBias)] : [],
      ];
    }
    case "dense": {
      const [fanIn = 0] = input;
      const { units } = layer;
      return [
        spec("kernel", [fanIn, units], 0, { fanIn, fanOut: units }),
        ...layer.bias ? [spec("bias", [units], layer.initialBias)] : [],
      ];
    }
    case "batchNorm":
      return [
        spec("scale", channels, 1),
        spec("shift", channels),
        spec("runningMean", channels),
        spec("runningVariance", channels, 1),
      ];
    case "parametricRelu":
      return [spec("slope", channels, INITIAL_SLOPE)];
    case "activation":
    case "localResponseNorm":
    case "maxPool":
    case "averagePool":
    case "globalAveragePool":
    case "spatialPyramidPool":
    case "zeroPadShortcut":
    case "flatten":
    case "dropout":
    case "scale":
      return [];
  }
}
