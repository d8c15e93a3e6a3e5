import { mean } from "../records/mean.ts";
import type { Annotation, BarTrace, Figure, ScatterTrace } from "./figure.ts";
import { figure, PALETTE, PAPER_MARKER } from "./house_look.ts";
import { sideBySide } from "./side_by_side.ts";

/** What {@linkcode paperBesideOurs} draws. */
export interface PaperBesideOurs {
  readonly title: string;
  /** A smaller line below it. */
  readonly subtitle?: string;
  /** What the paper prints. */
  readonly paper: {
    /** The panel's heading, with the table. */
    readonly heading: string;
    readonly rows: readonly { readonly name: string; readonly error: number }[];
  };
  /** What was measured here. */
  readonly ours: {
    readonly heading: string;
    /** The errors of each network's runs; none where there is no run yet. */
    readonly rows: readonly {
      readonly name: string;
      readonly errors: readonly number[];
    }[];
  };
}

/**
 * Draws errors that a paper prints (left, in the look of the paper's numbers)
 * and ours (right: a bar is the mean, a mark each seed), each on its own scale:
 * for experiments of one kind that differ in data, depth or length.
 *
 * @throws {RangeError} If a panel has no rows.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { paperBesideOurs } from "./paper_beside_ours.ts";
 *
 * const { data } = paperBesideOurs({
 *   title: "Shortcuts",
 *   paper: { heading: "Table 3", rows: [{ name: "A", error: 25.03 }] },
 *   ours: { heading: "ours", rows: [{ name: "A", errors: [36, 37] }] },
 * });
 * assertEquals(data.map(({ y }) => y), [[25.03], [36.5], [36, 37]]);
 * ```
 */
export function paperBesideOurs(options: PaperBesideOurs): Figure {
  const { title, subtitle, paper, ours } = options;
  for (const { heading, rows } of [paper, ours]) {
    if (rows.length > 0) continue;
    throw new RangeError(`Expected rows of ${heading} but found none`);
  }
  const whole = sideBySide([paperPanel(paper), ourPanel(ours)], {
    title,
    ...subtitle !== undefined && { subtitle },
    sharedY: false,
  });
  return { ...whole, layout: { ...whole.layout, bargap: 0.35 } };
}

function paperPanel({ heading, rows }: PaperBesideOurs["paper"]): Figure {
  const bars: BarTrace = {
    ...barsOf("paper", rows.map(({ name }) => name)),
    y: rows.map(({ error }) => error),
    text: rows.map(({ error }) => error.toFixed(2)),
    marker: PAPER_MARKER,
  };
  return panel(heading, [bars], rows, rows.map(({ error }) => error));
}

function ourPanel({ heading, rows }: PaperBesideOurs["ours"]): Figure {
  const means = rows.map(({ errors }) =>
    errors.length === 0 ? null : mean(errors)
  );
  const bars: BarTrace = {
    ...barsOf("ours", rows.map(({ name }) => name)),
    y: means,
    textposition: "none",
    marker: { color: PALETTE[0]! },
  };
  const seeds: ScatterTrace = {
    type: "scatter",
    mode: "markers",
    name: "ours, each seed",
    x: rows.flatMap(({ name, errors }) => errors.map(() => name)),
    y: rows.flatMap(({ errors }) => errors),
    marker: { color: PALETTE[1]!, size: 8, symbol: "circle-open" },
    hovertemplate: "%{x}<br>%{y:.2f} %<extra>ours, one seed</extra>",
  };
  // In the middle of a bar: at its top are the marks.
  const words = rows.map(({ name }, i): Annotation => {
    const mean = means[i] ?? null;
    return {
      ...{ x: name, xref: "x", yref: "y", showarrow: false },
      ...mean === null ? { text: "no run<br>yet", y: 0, yanchor: "bottom" } : {
        text: mean.toFixed(1),
        y: mean / 2,
        font: { size: 13, color: "#ffffff" },
      },
    };
  });
  return panel(heading, [bars, seeds], rows, seeds.y, words);
}

function barsOf(whose: string, names: string[]): BarTrace {
  return {
    type: "bar",
    name: whose,
    legendgroup: whose,
    x: names,
    y: [],
    textposition: "outside",
    textfont: { size: 12 },
    hovertemplate: `${whose}, %{x}<br>%{y:.2f} %<extra></extra>`,
  };
}

function panel(
  heading: string,
  data: Figure["data"],
  rows: readonly { readonly name: string }[],
  errors: readonly (number | null)[],
  annotations: Annotation[] = [],
): Figure {
  // Without a run, an axis of per cents all the same.
  const found = errors.length > 0 ? errors : [80];
  const highest = Math.max(...found.map((error) => error ?? 0));
  return figure(data, {
    title: { text: heading },
    xaxis: {
      type: "category",
      categoryarray: rows.map(({ name }) => name),
      range: [-0.5, rows.length - 0.5],
      showgrid: false,
    },
    yaxis: { title: { text: "error (%)" }, range: [0, 1.2 * highest] },
    annotations,
    showlegend: true,
  });
}
