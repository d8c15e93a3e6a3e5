import type { Figure, Marker, ScatterTrace } from "./figure.ts";
import { figure, INK, MUTED, PALETTE } from "./house_look.ts";

/** Networks whose errors are drawn in one look. */
export interface ErrorSeries {
  /** The name in the legend. */
  readonly name: string;
  /** Whether a paper prints the errors, or they were measured here. */
  readonly whose: "paper" | "ours";
  /** Whether a line joins the points, as for networks of one family. */
  readonly joined?: boolean;
  readonly points: readonly {
    /** The network's name. */
    readonly name: string;
    /** Weighted layers. */
    readonly layers: number;
    /** Error in per cent. */
    readonly error: number;
  }[];
}

/** Options for {@linkcode errorsByDepth}. */
export interface ErrorsByDepthOptions {
  /** The figure's title. */
  title?: string;
  /** A smaller line below the title. */
  subtitle?: string;
}

const PAPER_SYMBOLS = ["circle-open", "square-open", "diamond"] as const;

/**
 * Draws errors over depth, on a logarithmic axis: what papers print in ink, with
 * open marks, what was measured here in colour, with filled ones.
 *
 * @example Usage
 * ```ts
 * import { errorsByDepth } from "./errors_by_depth.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const points = [{ name: "ResNet-20", layers: 20, error: 8.75 }];
 * const { data } = errorsByDepth([{ name: "R15", whose: "paper", points }]);
 * assertEquals(data[0]?.name, "R15");
 * ```
 *
 * @param series The networks; a series without points is left out.
 * @param options The title.
 * @returns The figure.
 * @throws {RangeError} If no series has points.
 */
export function errorsByDepth(
  series: readonly ErrorSeries[],
  options: ErrorsByDepthOptions = {},
): Figure {
  const drawn = series.filter(({ points }) => points.length > 0);
  if (drawn.length === 0) {
    throw new RangeError("Expected errors to plot but found none");
  }
  const traces = drawn.map((one) => {
    const sameKind = drawn.filter(({ whose }) => whose === one.whose);
    return trace(one, sameKind.indexOf(one));
  });
  const { title = "Error by depth", subtitle } = options;
  return figure(traces, {
    title: { text: title, ...subtitle && { subtitle: { text: subtitle } } },
    xaxis: {
      type: "log",
      title: { text: "weighted layers (logarithmic)" },
      dtick: Math.log10(2),
      exponentformat: "none",
    },
    yaxis: { title: { text: "test error (%)" }, rangemode: "tozero" },
    showlegend: true,
  });
}

function trace(
  { name, whose, joined = false, points }: ErrorSeries,
  index: number,
): ScatterTrace {
  const sorted = points.toSorted((a, b) => a.layers - b.layers);
  const isPaper = whose === "paper";
  const color = isPaper ? INK : PALETTE[index % PALETTE.length]!;
  const marker: Marker = {
    color,
    size: 10,
    symbol: isPaper ? PAPER_SYMBOLS[index % PAPER_SYMBOLS.length]! : "circle",
  };
  return {
    type: "scatter",
    name,
    mode: joined ? "lines+markers" : "markers",
    x: sorted.map(({ layers }) => layers),
    y: sorted.map(({ error }) => error),
    text: sorted.map((point) => point.name),
    marker,
    line: { color: isPaper ? MUTED : color, width: 1.5, dash: "dot" },
    hovertemplate: `%{text}<br>%{y:.2f} %<extra>${name}</extra>`,
  };
}
