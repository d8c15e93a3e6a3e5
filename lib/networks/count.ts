import type { Layer, Network } from "./layer.ts";
import { imageShape } from "./operation_shape.ts";
import { operations, type Placed, waysOf } from "./walk.ts";

/**
 * Multiply-adds of one image's forward pass in convolutions and fully
 * connected layers, as the papers count them: a convolution with kernels of
 * `k * k * c` values costs `k * k * c` for each value of its output (`c` being
 * the channels of a group). Batch normalisation, additions and pooling are left
 * out.
 */
export function countMultiplyAdds(network: Network): number {
  return operations(network).reduce(
    (sum, placed) => sum + multiplyAdds(placed),
    0,
  );
}

/** Multiply-adds of one operation for one image. */
export function multiplyAdds({ layer, path, input, output }: Placed): number {
  const outputs = output.reduce((product, size) => product * size, 1);
  switch (layer.kind) {
    case "convolution": {
      const [, , channels] = imageShape(path, input);
      return layer.kernelSize ** 2 * (channels / layer.groups) * outputs;
    }
    case "dense":
      return (input[0] ?? 0) * outputs;
    case "batchNorm":
    case "activation":
    case "parametricRelu":
    case "localResponseNorm":
    case "maxPool":
    case "averagePool":
    case "globalAveragePool":
    case "spatialPyramidPool":
    case "zeroPadShortcut":
    case "flatten":
    case "dropout":
    case "scale":
      return 0;
  }
}

/**
 * A network's depth as the papers count it: convolutions and fully connected
 * layers from the image to the output, without those on shortcuts. Of branches
 * side by side the deepest counts.
 */
export function depthOf(network: Network): number {
  return depthOfAll(network.layers);
}

function depthOfAll(layers: readonly Layer[]): number {
  return layers.reduce((depth, layer) => depth + depthOfLayer(layer), 0);
}

function depthOfLayer(layer: Layer): number {
  if (layer.kind === "convolution" || layer.kind === "dense") return 1;
  const ways = waysOf(layer).filter(({ onShortcut }) => !onShortcut);
  return Math.max(0, ...ways.map(({ layers }) => depthOfAll(layers)));
}
