import type { Layer, Network } from "../networks/layer.ts";
import { join, waysOf } from "../networks/walk.ts";

/**
 * Paths of the layers whose outputs are a network's responses in the sense of
 * R15 Fig. 7, "the outputs of each 3x3 layer, after BN and before other
 * nonlinearity (ReLU/addition)", in the order in which data flows: of each
 * convolution of that size that is not on a shortcut, the batch normalisation
 * right after it, or the convolution itself if there is none.
 *
 * @param kernelSize Height and width of the convolutions. Default 3.
 *
 * @example The first layer, and two in each unit
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { responsePaths } from "./response_paths.ts";
 *
 * const paths = responsePaths(cifarResNet({ depth: 20 }));
 * assertEquals(paths.length, 19);
 * assertEquals(paths[1], "stage1/unit1/norm1");
 * ```
 */
export function responsePaths(network: Network, kernelSize = 3): string[] {
  return pathsIn(network.layers, "", kernelSize);
}

function pathsIn(
  layers: readonly Layer[],
  parent: string,
  kernelSize: number,
): string[] {
  return layers.flatMap((layer, i) => {
    const path = join(parent, layer.name);
    if (layer.kind === "convolution") {
      if (layer.kernelSize !== kernelSize) return [];
      const next = layers[i + 1];
      return [next?.kind === "batchNorm" ? join(parent, next.name) : path];
    }
    return waysOf(layer).filter(({ onShortcut }) => !onShortcut)
      .flatMap((way) => pathsIn(way.layers, path, kernelSize));
  });
}
