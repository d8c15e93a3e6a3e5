import type { Annotation, Axis, BarTrace, Figure } from "./figure.ts";
import {
  figure,
  INK,
  isPlain,
  MUTED,
  nameParts,
  PALETTE,
} from "./house_look.ts";
import {
  type OurResult,
  PAPER_PLAIN_110_ABOVE,
  PAPER_PLAIN_ORDER,
  PAPER_RESNETS,
} from "./paper_results.ts";
import { sideBySide } from "./side_by_side.ts";

/** Options for {@linkcode paperFigure6}. */
export interface PaperFigure6Options {
  /** The figure's title. */
  title?: string;
}

/**
 * Draws what Fig. 6 of He et al. 2015 says for certain, with our own results
 * beside it: on the right, the ResNets' test errors as Table 6 prints them; on
 * the left, for plain networks, of which the paper prints no error, the order
 * in words. No value is read off the paper's drawing.
 *
 * @example Usage
 * ```ts
 * import { paperFigure6 } from "./paper_figures.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const paper = paperFigure6().data.find((trace) => trace.name === "paper");
 * assertEquals(paper?.y, [8.75, 7.51, 7.17, 6.97, 6.43, 7.93]);
 * ```
 *
 * @param ours What was measured here, of any networks of the paper.
 * @param options The title.
 * @returns The figure, of two panels.
 */
export function paperFigure6(
  ours: readonly OurResult[] = [],
  options: PaperFigure6Options = {},
): Figure {
  const plain = ours.filter(({ name }) => isPlain(nameParts(name).family));
  const residual = ours.filter((one) => !plain.includes(one));
  return sideBySide([plainPanel(plain), residualPanel(residual)], {
    title: options.title ??
      (ours.length > 0
        ? "The paper's Fig. 6 beside ours"
        : "The paper's Fig. 6"),
    subtitle: "test error on CIFAR-10 at the end of training",
    // Errors far apart share no scale; and the left panel may have no values.
    sharedY: false,
  });
}

function plainPanel(ours: readonly OurResult[]): Figure {
  const order = PAPER_PLAIN_ORDER.slice(0, -1).join(" < ");
  const words: Annotation = {
    text: [
      `paper: ${order}`,
      `(training and test), and ${PAPER_PLAIN_ORDER.at(-1)} above ` +
      `${PAPER_PLAIN_110_ABOVE} %`,
      "It shows them as curves, without figures.",
    ].join("<br>"),
    xref: "x domain",
    x: 0.02,
    xanchor: "left",
    yref: "y domain",
    y: 0.98,
    yanchor: "top",
    align: "left",
    showarrow: false,
    font: { size: 13, color: MUTED },
  };
  const known = ours.length > 0;
  const highest = Math.max(...ours.map((one) => one.testError));
  const places: BarTrace = {
    type: "bar",
    x: PAPER_PLAIN_ORDER.map(layers),
    y: PAPER_PLAIN_ORDER.map(() => null),
    showlegend: false,
  };
  return figure(known ? [ourBars(ours)] : [places], {
    title: { text: "plain networks" },
    xaxis: LAYERS,
    yaxis: {
      title: { text: "error (%)" },
      range: [0, known ? highest * 1.45 : 100], // room for the words
      showticklabels: known,
      ticks: known ? "outside" : "",
      showgrid: known,
    },
    annotations: [words],
  });
}

function residualPanel(ours: readonly OurResult[]): Figure {
  const paper: BarTrace = {
    type: "bar",
    name: "paper",
    x: PAPER_RESNETS.map(({ name }) => layers(name)),
    y: PAPER_RESNETS.map(({ testError }) => testError),
    text: PAPER_RESNETS.map(({ testError }) => testError.toFixed(2)),
    textposition: "outside",
    marker: { color: "#a9a9a9", line: { color: INK, width: 1 } },
    hovertemplate: "paper, %{x} layers<br>%{y:.2f} %",
  };
  const highest = Math.max(
    ...[...PAPER_RESNETS, ...ours].map(({ testError }) => testError),
  );
  return figure(ours.length > 0 ? [paper, ourBars(ours, true)] : [paper], {
    title: { text: "ResNets" },
    xaxis: LAYERS,
    yaxis: { title: { text: "error (%)" }, range: [0, highest * 1.15] },
    showlegend: true,
  });
}

const LAYERS: Axis = {
  type: "category",
  title: { text: "layers" },
  showgrid: false,
};

function layers(name: string): string {
  return String(nameParts(name).depth ?? name);
}

function ourBars(ours: readonly OurResult[], showlegend = false): BarTrace {
  return {
    type: "bar",
    name: "ours",
    legendgroup: "ours",
    showlegend,
    x: ours.map(({ name }) => layers(name)),
    y: ours.map(({ testError }) => testError),
    text: ours.map(({ testError }) => testError.toFixed(1)),
    textposition: "outside",
    marker: { color: PALETTE[0]! },
    hovertemplate: "ours, %{x} layers<br>%{y:.2f} %",
  };
}
