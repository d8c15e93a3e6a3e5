import {
  batchNorm,
  convolution,
  dense,
  globalAveragePool,
  type Layer,
  type Network,
  relu,
} from "../lib/networks/layer.ts";

/** What stands around the layers that {@linkcode aroundLayers} is given. */
type Around = Pick<Network, "name" | "input"> & {
  filters: number;
  classes: number;
  beforeClassifier?: readonly Layer[];
};

/** A network that begins and ends as the papers' for CIFAR-10 do. */
export function aroundLayers(
  { name, input, filters, classes, beforeClassifier = [] }: Around,
  layers: readonly Layer[],
): Network {
  return {
    name,
    input,
    layers: [
      convolution("conv", filters, 3),
      batchNorm("norm"),
      relu("relu"),
      ...layers,
      globalAveragePool("pool"),
      ...beforeClassifier,
      dense("classifier", classes),
    ],
  };
}
