import type { Network } from "../../lib/networks/layer.ts";
import { type LayerRow, layers } from "../../lib/networks/layers.ts";

/** A layer's row by its path. */
export function rowOf(network: Network, path: string): LayerRow {
  const row = layers(network).find(({ name }) => name === path);
  if (row === undefined) throw new Error(`${network.name} has no ${path}`);
  return row;
}

/** Shapes of layers' outputs by their paths, such as "7x7x512". */
export function outputsOf(network: Network, ...paths: string[]): string[] {
  return paths.map((path) => rowOf(network, path).output.join("x"));
}
