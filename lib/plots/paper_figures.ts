import type { Annotation, Axis, BarTrace, Figure, Shape } from "./figure.ts";
import {
  figure,
  INK,
  isPlain,
  MUTED,
  nameParts,
  PALETTE,
  PAPER_MARKER,
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
 * beside it, in two panels of the same axes: on the right, the ResNets' test
 * errors as Table 6 prints them; on the left, for plain networks, of which the
 * paper prints no error, the order in words, and the level that plain-110 is
 * above. No value is read off the paper's drawing.
 *
 * @example Usage
 * ```ts
 * import { paperFigure6 } from "./paper_figures.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const paper = paperFigure6().data.find((trace) => trace.xaxis === "x2");
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
  const highest = Math.max(
    PAPER_PLAIN_110_ABOVE,
    ...ours.map(({ testError }) => testError),
  );
  const top = 1.5 * highest; // room for the words
  const panels = [plainPanel(plain, top), residualPanel(residual, top)];
  const both = sideBySide(panels, {
    title: options.title ?? "The paper's Fig. 6 and Table 6" +
        (ours.length > 0 ? ", beside ours" : ""),
    subtitle: "test error on CIFAR-10 at the end of training",
  });
  return { ...both, layout: { ...both.layout, bargap: 0.1 } };
}

/** The places of both panels. */
const DEPTHS = [
  ...new Set(
    [...PAPER_PLAIN_ORDER, ...PAPER_RESNETS.map(({ name }) => name)]
      .map(layers),
  ),
];

function plainPanel(ours: readonly OurResult[], top: number): Figure {
  const order = PAPER_PLAIN_ORDER.slice(0, -1).join(" < ");
  const deepest = PAPER_PLAIN_ORDER.at(-1)!;
  const words: Annotation = {
    ...WORDS,
    text: `paper: ${order}<br>(training and test), shown as curves, without ` +
      `figures`,
    x: 0.02,
    xanchor: "left",
    xref: "x domain",
    y: 0.98,
    yanchor: "top",
    yref: "y domain",
    align: "left",
  };
  const place = DEPTHS.indexOf(layers(deepest));
  const above: Annotation = {
    ...WORDS,
    text: `paper: above<br>${PAPER_PLAIN_110_ABOVE} %`,
    x: place - 0.4,
    xanchor: "left",
    align: "left",
    xref: "x",
    y: PAPER_PLAIN_110_ABOVE,
    yanchor: "bottom",
    yref: "y",
  };
  const level: Shape = {
    type: "line",
    xref: "x",
    x0: place - 0.4,
    x1: place + 0.4,
    yref: "y",
    y0: PAPER_PLAIN_110_ABOVE,
    y1: PAPER_PLAIN_110_ABOVE,
    line: { color: INK, width: 2 },
    layer: "above",
  };
  return figure([paperBars([]), ourBars(ours)], {
    title: { text: "plain networks" },
    ...axes(top),
    annotations: [words, above],
    shapes: [level],
  });
}

function residualPanel(ours: readonly OurResult[], top: number): Figure {
  return figure([paperBars(PAPER_RESNETS), ourBars(ours)], {
    title: { text: "ResNets" },
    ...axes(top),
    showlegend: true,
  });
}

const WORDS = {
  showarrow: false,
  font: { size: 13, color: MUTED },
} satisfies Partial<Annotation>;

/** The axes of both panels. */
function axes(top: number): { xaxis: Axis; yaxis: Axis } {
  return {
    xaxis: {
      type: "category",
      categoryarray: DEPTHS,
      range: [-0.5, DEPTHS.length - 0.5],
      title: { text: "layers" },
      showgrid: false,
    },
    // Without lines, which would run through the words: a bar bears its number.
    yaxis: {
      title: { text: "error (%)" },
      range: [0, top],
      showgrid: false,
    },
  };
}

function layers(name: string): string {
  return String(nameParts(name).depth ?? name);
}

/** Bars of networks; a place in the legend only if there are any. */
function bars(
  results: readonly { readonly name: string; readonly testError: number }[],
  whose: string,
  digits: number,
): BarTrace {
  // All places, so that bars stand at the same one of each in both panels.
  const found = DEPTHS.map((depth) =>
    results.find(({ name }) => layers(name) === depth)?.testError
  );
  return {
    type: "bar",
    name: whose,
    legendgroup: whose,
    showlegend: results.length > 0,
    x: DEPTHS,
    y: found.map((error) => error ?? null),
    text: found.map((error) => error?.toFixed(digits) ?? ""),
    textposition: "outside",
    textfont: { size: 12 },
    hovertemplate: `${whose}, %{x} layers<br>%{y:.2f} %`,
  };
}

function paperBars(results: Parameters<typeof bars>[0]): BarTrace {
  return {
    ...bars(results, "paper", 2),
    marker: PAPER_MARKER,
  };
}

function ourBars(ours: readonly OurResult[]): BarTrace {
  return { ...bars(ours, "ours", 1), marker: { color: PALETTE[0]! } };
}
