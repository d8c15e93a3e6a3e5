import { ILSVRC_RESULTS } from "../paper/ilsvrc.ts";
import type { Annotation, Axis, BarTrace, Figure, Shape } from "./figure.ts";
import { figure, INK, MUTED, PAPER_MARKER } from "./house_look.ts";
import { sideBySide } from "./side_by_side.ts";

/**
 * Draws the revolution of depth: the top-5 error of the best entries to
 * ImageNet's challenge (left), and their weighted layers, a stroke for each
 * (right). All figures are {@linkcode ILSVRC_RESULTS}.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { revolutionOfDepth } from "./revolution_of_depth.ts";
 *
 * const [errors, layers] = revolutionOfDepth().data;
 * assertEquals(errors?.type === "bar" && errors.y.at(-1), 3.57);
 * assertEquals(layers?.type === "bar" && layers.y.at(-1), 152);
 * ```
 */
export function revolutionOfDepth(): Figure {
  const both = sideBySide([errorPanel(), layerPanel()], {
    title: "The revolution of depth",
    subtitle: "ImageNet's classification challenge, 2010 to 2015",
    sharedY: false,
    height: 640,
  });
  return { ...both, layout: { ...both.layout, bargap: 0.3 } };
}

const { rows } = ILSVRC_RESULTS;

/** A network's name over its year. */
const PLACES = rows.map(({ name, year }) =>
  `${name.replace(/, \d+$/, "")}<br>${year}`
);

const XAXIS: Axis = {
  type: "category",
  categoryarray: PLACES,
  showgrid: false,
};

function errorPanel(): Figure {
  const bars: BarTrace = {
    ...PAPER_BARS,
    y: rows.map(({ top5 }) => top5),
    text: rows.map(({ top5 }) => String(top5)),
    hovertemplate: "%{x}<br>%{y} %<extra></extra>",
  };
  return figure([bars], {
    title: { text: "top-5 error on test images" },
    xaxis: XAXIS,
    yaxis: { title: { text: "error (%)" }, range: [0, 32] },
  });
}

function layerPanel(): Figure {
  const bars: BarTrace = {
    ...PAPER_BARS,
    // Only the strokes are seen; the bars say the number when hovering.
    marker: { color: "rgba(255,255,255,0)" },
    y: rows.map(({ layers }) => layers),
    text: rows.map(({ layers }) => layers === null ? "" : String(layers)),
    hovertemplate: "%{x}<br>%{y} layers<extra></extra>",
  };
  return figure([bars], {
    title: { text: "weighted layers, a stroke for each" },
    xaxis: XAXIS,
    yaxis: { title: { text: "layers" }, range: [0, 170] },
    shapes: rows.flatMap(({ layers }, place) =>
      Array.from({ length: layers ?? 0 }, (_, i) => stroke(place, i + 1))
    ),
    annotations: rows.flatMap(({ layers }, place) =>
      layers === null ? [shallow(place)] : []
    ),
  });
}

/** The style in which the papers' numbers are drawn. */
const PAPER_BARS = {
  type: "bar",
  name: "paper",
  showlegend: false,
  x: PLACES,
  textposition: "outside",
  textfont: { size: 13 },
  marker: PAPER_MARKER,
} satisfies Partial<BarTrace>;

function stroke(place: number, height: number): Shape {
  return {
    type: "line",
    xref: "x",
    x0: place - 0.35,
    x1: place + 0.35,
    yref: "y",
    y0: height,
    y1: height,
    line: { color: INK, width: 0.8 },
  };
}

function shallow(place: number): Annotation {
  return {
    text: "no deep<br>network",
    x: place,
    xref: "x",
    y: 0,
    yref: "y",
    yanchor: "bottom",
    showarrow: false,
    font: { size: 11, color: MUTED },
  };
}
