import type { Layer } from "../../lib/networks/layer.ts";

/**
 * Layers in a line of words as in the papers' figures: `(body + shortcut)` for a
 * residual unit, "x" being its input, and `(g * body + (1 - g) * shortcut)` for a
 * gated one.
 */
export function outline(layers: readonly Layer[]): string {
  return layers.map(outlineOf).filter((text) => text !== "").join(" ");
}

function outlineOf(layer: Layer): string {
  const way = (layers: readonly Layer[]) => outline(layers) || "x";
  switch (layer.kind) {
    case "convolution": {
      const { kernelSize, filters, stride } = layer;
      const step = stride === 1 ? "" : `/${stride}`;
      return `${kernelSize}x${kernelSize},${filters}${step}`;
    }
    case "batchNorm":
      return "BN";
    case "activation":
      return layer.function === "relu" ? "ReLU" : layer.function;
    case "zeroPadShortcut":
      return `pad,${layer.channels}/${layer.stride}`;
    case "scale":
      return `*${layer.factor}`;
    case "dropout":
      return `dropout,${layer.rate}`;
    case "dense":
      return `fc,${layer.units}`;
    case "globalAveragePool":
      return "pool";
    case "sequence":
      return outline(layer.layers);
    case "residual":
      return `(${way(layer.body)} + ${way(layer.shortcut)})`;
    case "gated": {
      const gate = layer.gates === "both" ? "g * " : "";
      const [body, shortcut] = [way(layer.body), way(layer.shortcut)];
      return `(${gate}[${body}] + (1 - g) * [${shortcut}], g = ${
        way(layer.gate)
      })`;
    }
    default:
      return layer.kind;
  }
}
