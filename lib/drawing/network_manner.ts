import type {
  Concatenation,
  Gated,
  Layer,
  Operation,
  Residual,
} from "../networks/layer.ts";
import { outputShape } from "../networks/shape.ts";
import { type Block, type Metrics, NOTHING } from "./block.ts";
import { concatenated } from "./branches.ts";
import { isWeighted, labelOf, lookOf, shapeLabel, weightOf } from "./labels.ts";
import { type At, layOut, type Manner, operationsIn } from "./manner.ts";
import type { Hue } from "./marks.ts";
import { besideArc } from "./shortcut_arc.ts";
import { widthOf } from "./text_width.ts";

/** Sizes of a drawing of a network. */
export const NETWORK_METRICS: Metrics = {
  gap: 13,
  lead: 5,
  box: 20,
  font: 11,
  smallFont: 10,
  radius: 5.5,
  aisle: 12,
};

/** Height of the bars that normalisations and activations are. */
export const BAR = 5;

/** What a network is drawn with. */
export interface NetworkManner {
  /** Width of boxes. */
  readonly width: number;
  /** Colour of what has weights. */
  readonly hue: Hue;
  /** Whether normalisations, activations and dropout are drawn. */
  readonly bars: boolean;
}

/**
 * Layers as R15 Fig. 3 draws them: a box for what has a label, a thin bar for
 * normalisations and activations, shortcuts as arcs.
 */
export function networkManner(options: NetworkManner): Manner {
  const manner: Manner = {
    metrics: NETWORK_METRICS,
    operation: (layer, at) => operation(layer, at, options),
    residual: (layer, at) => residual(layer, at, manner),
    gated: (layer, at) => gated(layer, at, manner),
    concatenation: (layer, at) => concatenation(layer, at, options),
  };
  return manner;
}

function operation(
  layer: Operation,
  at: At,
  { width, hue, bars }: NetworkManner,
): Block {
  const weight = weightOf(layer);
  if (weight === "nothing" || weight === "bar" && !bars) return NOTHING;
  const { box, font } = NETWORK_METRICS;
  const height = weight === "bar" ? BAR : box;
  const look = lookOf(layer);
  return {
    left: width / 2,
    right: width / 2,
    height,
    marks: [{
      mark: "box",
      role: weight === "bar"
        ? "bar"
        : isWeighted(layer)
        ? "weighted"
        : "operation",
      look: look === "weighted" ? hue : look,
      x: -width / 2,
      y: 0,
      width,
      height,
      ...weight === "bar"
        ? {}
        : { label: { text: labelOf(layer), size: font } },
      tip: `${at.path}: ${labelOf(layer)}, output ${
        shapeLabel(outputShape(layer, at.input))
      }`,
    }],
    top: weight,
    bottom: weight,
  };
}

function residual(layer: Residual, at: At, manner: Manner): Block {
  return besideArc(layOut(layer.body, at, manner), {
    metrics: manner.metrics,
    changes: changesShape(layer, at),
    notes: labelsOf(layer.shortcut, at),
    gates: "none",
    tip: at.path,
  });
}

function gated(layer: Gated, at: At, manner: Manner): Block {
  return besideArc(layOut(layer.body, at, manner), {
    metrics: manner.metrics,
    changes: changesShape(layer, at),
    notes: [
      "1 − g",
      ...labelsOf(layer.shortcut, at),
      ...labelsOf(layer.gate, at).map((label, i) =>
        i === 0 ? `g: ${label}` : `    ${label}`
      ),
    ],
    gates: layer.gates,
    tip: at.path,
  });
}

function concatenation(
  layer: Concatenation,
  at: At,
  options: NetworkManner,
): Block {
  const branches = layer.branches.map((branch) => {
    const width = boxWidth(branch, at);
    return layOut(branch, at, networkManner({ ...options, width }));
  });
  return concatenated(layer, branches, at, NETWORK_METRICS);
}

function labelsOf(layers: readonly Layer[], at: At): string[] {
  return operationsIn(layers, at).map(({ layer }) => labelOf(layer));
}

function changesShape(layer: Layer, { input }: At): boolean {
  return outputShape(layer, input).join() !== input.join();
}

/** The width that boxes need for the labels of layers, shortcuts left out. */
export function boxWidth(layers: readonly Layer[], at: At): number {
  const { font } = NETWORK_METRICS;
  const widths = operationsIn(layers, at)
    .filter(({ layer, onShortcut }) => !onShortcut && weightOf(layer) === "box")
    .map(({ layer }) => widthOf(labelOf(layer), font));
  return Math.max(0, ...widths) + 16;
}
