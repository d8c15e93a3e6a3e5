import type { Annotation, BarTrace, Figure, ScatterTrace } from "./figure.ts";
import { figure, INK, MUTED, PAPER_MARKER } from "./house_look.ts";
import { sideBySide } from "./side_by_side.ts";

/** A network's errors on ImageNet, in per cent, as a paper prints them. */
export interface PrintedErrors {
  readonly name: string;
  readonly top1?: number | null;
  readonly top5?: number | null;
}

/**
 * Draws errors that a paper prints (R15 Tables 2 to 5) as bars in the look of
 * the paper's numbers: a panel for top-1 and one for top-5 errors, or the one
 * that there are numbers for.
 *
 * @param rows The networks, from left to right.
 * @param title The figure's title, with the table.
 * @throws {RangeError} If there are no numbers.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { R15_TABLE_5 } from "../paper/r15_imagenet.ts";
 * import { imageNetErrors } from "./imagenet_errors.ts";
 *
 * const { data } = imageNetErrors(R15_TABLE_5.rows, "R15 Table 5");
 * assertEquals(data.length, 1);
 * assertEquals(data[0]?.y?.at(-1), 3.57);
 * ```
 */
export function imageNetErrors(
  rows: readonly PrintedErrors[],
  title: string,
): Figure {
  const panels = (["top1", "top5"] as const).filter((key) =>
    rows.some((row) => typeof row[key] === "number")
  );
  if (panels.length === 0) {
    throw new RangeError("Expected errors to draw but found none");
  }
  const drawn = panels.map((key) => {
    const known = rows.filter((row) => typeof row[key] === "number");
    return panel(
      known.map(({ name }) => name),
      known.map((row) => row[key] ?? 0),
      key === "top1" ? "top-1 error (%)" : "top-5 error (%)",
    );
  });
  const whole = sideBySide(drawn, { title, sharedY: false, height: 480 });
  return {
    ...whole,
    layout: { ...whole.layout, bargap: 0.25, showlegend: true },
  };
}

function panel(names: string[], errors: number[], heading: string): Figure {
  const bars: BarTrace = {
    type: "bar",
    name: "paper",
    legendgroup: "paper",
    x: names,
    y: errors,
    text: errors.map((error) => error.toFixed(2)),
    textposition: "outside",
    textfont: { size: 11 },
    marker: PAPER_MARKER,
    hovertemplate: "paper, %{x}<br>%{y:.2f} %<extra></extra>",
  };
  return figure([bars], {
    title: { text: heading },
    xaxis: {
      type: "category",
      categoryarray: names,
      showgrid: false,
      automargin: true,
    },
    yaxis: { range: [0, 1.15 * Math.max(...errors)] },
    showlegend: true,
  });
}

/** A network's cost and its error. */
export interface CostAndError {
  readonly name: string;
  /** Multiply-adds for one image. */
  readonly multiplyAdds: number;
  /** In per cent. */
  readonly error: number;
}

/**
 * Draws errors that a paper prints against the networks' cost; a line joins
 * those that are named together.
 *
 * @param points The networks.
 * @param options The figure's title, the error's name, and networks that a line
 * joins, in order.
 * @throws {RangeError} If there are no networks, or a line is to join one that
 * is not among them.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { errorAgainstCost } from "./imagenet_errors.ts";
 *
 * const { data } = errorAgainstCost([
 *   { name: "ResNet-50", multiplyAdds: 3.8e9, error: 6.71 },
 * ], { title: "R15 Table 3", error: "top-5 error (%)" });
 * assertEquals([data[0]?.x, data[0]?.y], [[3.8], [6.71]]);
 * ```
 */
export function errorAgainstCost(
  points: readonly CostAndError[],
  options: {
    readonly title: string;
    readonly error: string;
    readonly joined?: readonly string[];
  },
): Figure {
  if (points.length === 0) {
    throw new RangeError("Expected networks to draw but found none");
  }
  const billions = ({ multiplyAdds }: CostAndError) => multiplyAdds / 1e9;
  const joined = (options.joined ?? []).map((name) => {
    const found = points.find((point) => point.name === name);
    if (found === undefined) {
      throw new RangeError(
        `Expected a line through ${
          points.map((point) => point.name).join(", ")
        } but found ${name}`,
      );
    }
    return found;
  });
  const marks: ScatterTrace = {
    type: "scatter",
    mode: "markers",
    name: "paper",
    x: points.map(billions),
    y: points.map(({ error }) => error),
    text: points.map(({ name }) => name),
    marker: { color: INK, size: 11, symbol: "circle-open" },
    hovertemplate:
      "%{text}<br>%{x:.1f} billion multiply-adds<br>%{y:.2f} %<extra></extra>",
  };
  const line: ScatterTrace = {
    type: "scatter",
    mode: "lines",
    x: joined.map(billions),
    y: joined.map(({ error }) => error),
    line: { color: MUTED, width: 1.5 },
    showlegend: false,
  };
  const names = points.map((point): Annotation => ({
    text: point.name,
    x: billions(point),
    y: point.error,
    xref: "x",
    yref: "y",
    xanchor: "left",
    yanchor: "bottom",
    showarrow: false,
    font: { size: 12 },
  }));
  const most = Math.max(...points.map(billions));
  return figure(joined.length > 0 ? [marks, line] : [marks], {
    title: { text: options.title },
    xaxis: {
      title: { text: "multiply-adds for one image, billions" },
      range: [0, 1.2 * most],
    },
    yaxis: { title: { text: options.error } },
    annotations: names,
    showlegend: true,
    legend: { x: 0.99, xanchor: "right", y: 0.99, yanchor: "top" },
  });
}
