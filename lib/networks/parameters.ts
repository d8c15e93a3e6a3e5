import type { Network } from "./layer.ts";
import { imageShape } from "./shape.ts";
import { operations, type Placed } from "./walk.ts";

/** What a tensor of a network is for. */
export type TensorRole =
  | "kernel"
  | "bias"
  | "scale"
  | "shift"
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
}

/** The tensors of a network, layer by layer in the order data flows. */
export function tensorSpecs(network: Network): TensorSpec[] {
  return operations(network).flatMap(specsOf);
}

/** The number of parameters that training changes. */
export function countParameters(network: Network): number {
  return tensorSpecs(network)
    .filter(({ trainable }) => trainable)
    .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}

function specsOf({ layer, path, input }: Placed): TensorSpec[] {
  const spec = (
    role: TensorRole,
    shape: readonly number[],
    fanIn = 0,
  ): TensorSpec => ({
    name: `${path}/${role}`,
    role,
    shape,
    trainable: role !== "runningMean" && role !== "runningVariance",
    fanIn,
  });
  switch (layer.kind) {
    case "convolution": {
      const { kernelSize: k, filters } = layer;
      const [, , channels] = imageShape(layer, input);
      return [
        spec("kernel", [k, k, channels, filters], k * k * channels),
        ...layer.bias ? [spec("bias", [filters])] : [],
      ];
    }
    case "dense": {
      const [features = 0] = input;
      return [
        spec("kernel", [features, layer.units], features),
        spec("bias", [layer.units]),
      ];
    }
    case "batchNorm": {
      const channels = input.slice(-1);
      return [
        spec("scale", channels),
        spec("shift", channels),
        spec("runningMean", channels),
        spec("runningVariance", channels),
      ];
    }
    case "activation":
    case "maxPool":
    case "globalAveragePool":
    case "zeroPadShortcut":
    case "flatten":
      return [];
  }
}
