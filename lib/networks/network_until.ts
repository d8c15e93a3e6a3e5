import { type Layer, type Network, sequence } from "./layer.ts";
import { join, waysOf } from "./walk.ts";

/**
 * The part of a network up to a layer, and with it: its output is that layer's.
 * Of ways that part before the layer only its own is kept. Paths stay as they
 * are.
 *
 * @param path Of any layer that has a name, such as "stage1", "stage1/unit2" or
 * "stage1/unit2/conv1"; empty for the images.
 * @throws {Error} If the network has no such layer.
 *
 * @example The first stage of ResNet-20
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "./cifar.ts";
 * import { depthOf } from "./count.ts";
 * import { networkUntil } from "./network_until.ts";
 *
 * const network = networkUntil(cifarResNet({ depth: 20 }), "stage1");
 * assertEquals(depthOf(network), 7);
 * ```
 */
export function networkUntil(network: Network, path: string): Network {
  const layers = path === "" ? [] : until(network.layers, path, "");
  if (layers === undefined) {
    throw new Error(
      `Expected the path of a layer of ${network.name} but found ${path}`,
    );
  }
  return { ...network, name: `${network.name} until ${path}`, layers };
}

/** Layers up to the one at the path; `undefined` if it is not among them. */
function until(
  layers: readonly Layer[],
  path: string,
  parent: string,
): Layer[] | undefined {
  for (const [i, layer] of layers.entries()) {
    const here = join(parent, layer.name);
    const last = layer.name !== "" && here === path
      ? layer
      : partOf(layer, path, here);
    if (last !== undefined) return [...layers.slice(0, i), last];
  }
  return undefined;
}

function partOf(layer: Layer, path: string, here: string): Layer | undefined {
  if (here !== "" && !path.startsWith(`${here}/`)) return undefined;
  for (const way of waysOf(layer)) {
    const part = until(way.layers, path, here);
    if (part !== undefined) return sequence(layer.name, part);
  }
  return undefined;
}
