import type { Concatenation, Layer, Operation } from "../networks/layer.ts";
import { outputShape } from "../networks/shape.ts";
import type { Block, Metrics } from "./block.ts";
import { concatenated } from "./branches.ts";
import { isWeighted, labelOf, lookOf, shapeLabel } from "./labels.ts";
import { type At, layOut, type Manner } from "./manner.ts";
import { words } from "./marks.ts";
import { widthOf } from "./text_width.ts";
import { besideGate, besideShortcut } from "./two_ways.ts";

/** Sizes of a drawing of a unit. */
export const UNIT_METRICS: Metrics = {
  gap: 18,
  lead: 14,
  box: 26,
  font: 13,
  smallFont: 11,
  radius: 10,
  aisle: 26,
};

/**
 * Layers as R16 Figs. 2 and 4 draw them: every operation a box, the shortcut a
 * straight line, the layers beside it on its right.
 */
export function unitManner(): Manner {
  const manner: Manner = {
    metrics: UNIT_METRICS,
    operation,
    residual: (layer, at) =>
      besideShortcut({
        body: layOut(layer.body, at, manner),
        shortcut: layOut(layer.shortcut, at, manner),
        changes: changesShape(layer, at),
        metrics: UNIT_METRICS,
      }),
    gated: (layer, at) =>
      besideGate({
        body: layOut(layer.body, at, manner),
        gate: layOut(layer.gate, at, manner),
        shortcut: layOut(layer.shortcut, at, manner),
        changes: changesShape(layer, at),
        both: layer.gates === "both",
        metrics: UNIT_METRICS,
      }),
    concatenation: (layer, at) => concatenation(layer, at, manner),
  };
  return manner;
}

/** All boxes of a unit are as wide as most labels need. */
const USUAL_WIDTH = 132;

function operation(layer: Operation, at: At): Block {
  const { box, font, smallFont } = UNIT_METRICS;
  const label = labelOf(layer);
  const width = Math.max(USUAL_WIDTH, widthOf(label, font) + 20);
  const output = outputShape(layer, at.input);
  const look = lookOf(layer);
  const changes = output.join() !== at.input.join();
  const note = shapeLabel(output);
  return {
    left: width / 2,
    right: width / 2 + (changes ? 8 + widthOf(note, smallFont) : 0),
    height: box,
    marks: [
      {
        mark: "box",
        role: isWeighted(layer) ? "weighted" : "operation",
        look: look === "weighted" ? "stage0" : look,
        x: -width / 2,
        y: 0,
        width,
        height: box,
        label: { text: label, size: font },
        tip: `${at.path}: output ${note}`,
      },
      ...changes
        ? [words(
          note,
          [width / 2 + 8, box / 2 + 0.36 * smallFont],
          smallFont,
          { look: "muted" },
        )]
        : [],
    ],
    top: "box",
    bottom: "box",
  };
}

function concatenation(layer: Concatenation, at: At, manner: Manner): Block {
  const branches = layer.branches.map((branch) => layOut(branch, at, manner));
  return concatenated(layer, branches, at, UNIT_METRICS);
}

function changesShape(layer: Layer, { input }: At): boolean {
  return outputShape(layer, input).join() !== input.join();
}
