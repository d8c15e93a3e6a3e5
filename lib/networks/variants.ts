import { type Layer, type Network, sequence } from "./layer.ts";

/** Changes every layer of a network, from the innermost out. */
export function mapLayers(
  network: Network,
  change: (layer: Layer) => Layer,
): Network {
  return { ...network, layers: mapAll(network.layers, change) };
}

function mapAll(
  layers: readonly Layer[],
  change: (layer: Layer) => Layer,
): Layer[] {
  return layers.map((layer) => change(mapInside(layer, change)));
}

function mapInside(layer: Layer, change: (layer: Layer) => Layer): Layer {
  switch (layer.kind) {
    case "sequence":
      return { ...layer, layers: mapAll(layer.layers, change) };
    case "residual":
      return {
        ...layer,
        body: mapAll(layer.body, change),
        shortcut: mapAll(layer.shortcut, change),
      };
    case "gated":
      return {
        ...layer,
        body: mapAll(layer.body, change),
        shortcut: mapAll(layer.shortcut, change),
        gate: mapAll(layer.gate, change),
      };
    case "concatenation":
      return {
        ...layer,
        branches: layer.branches.map((branch) => mapAll(branch, change)),
      };
    default:
      return layer;
  }
}

/**
 * The plain counterpart of a residual or highway network (R15 section 3.3): the
 * same layers without shortcuts, and without the gates of these.
 */
export function withoutShortcuts(network: Network, name: string): Network {
  const plain = mapLayers(
    network,
    (layer) =>
      layer.kind === "residual" || layer.kind === "gated"
        ? sequence(layer.name, layer.body)
        : layer,
  );
  return { ...plain, name };
}
