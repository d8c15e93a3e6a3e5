import type { Network } from "./layer.ts";
import { imageShape } from "./shape.ts";
import { operations, type Placed } from "./walk.ts";

/**
 * Multiply-adds of one image's forward pass in convolutions and fully
 * connected layers, as the papers count them: a convolution with kernels of
 * `k * k * c` values costs `k * k * c` for each value of its output. Batch
 * normalisation, additions and pooling are left out.
 */
export function countMultiplyAdds(network: Network): number {
  return operations(network).reduce(
    (sum, placed) => sum + multiplyAdds(placed),
    0,
  );
}

/** Multiply-adds of one operation for one image. */
export function multiplyAdds({ layer, input, output }: Placed): number {
  const outputs = output.reduce((product, size) => product * size, 1);
  switch (layer.kind) {
    case "convolution": {
      const [, , channels] = imageShape(layer, input);
      return layer.kernelSize ** 2 * channels * outputs;
    }
    case "dense":
      return (input[0] ?? 0) * outputs;
    case "batchNorm":
    case "activation":
    case "maxPool":
    case "globalAveragePool":
    case "zeroPadShortcut":
    case "flatten":
      return 0;
  }
}

/**
 * A network's depth as the papers count it: convolutions and fully connected
 * layers from the image to the output, without those on shortcuts.
 */
export function depthOf(network: Network): number {
  return operations(network).filter(({ layer, onShortcut }) =>
    !onShortcut && (layer.kind === "convolution" || layer.kind === "dense")
  ).length;
}
