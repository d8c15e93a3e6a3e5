/**
 * The part of plotly's figure format (its JSON, version 4) that this project
 * draws, as types. Whatever has these types is also a valid plotly figure: a
 * test holds the types against the ones that plotly.js ships.
 *
 * A figure is plain data: what a notebook shows, what is kept in it, what is
 * drawn as SVG or PNG and what a test looks at are one and the same object.
 *
 * @module
 */

import type {
  Font,
  Line,
  PanelNumber,
  Trace,
  XAxisId,
  YAxisId,
} from "./traces.ts";

export type * from "./traces.ts";

/** The key of an axis in a layout. */
export type AxisKey =
  | "xaxis"
  | "yaxis"
  | `${"xaxis" | "yaxis"}${PanelNumber}`;

/** A figure's or an axis's title. */
export interface Title {
  /** The words; plotly understands `<b>`, `<i>`, `<br>`, `<sub>`, `<sup>`. */
  text: string;
  /** How they are set. */
  font?: Font;
  /** A smaller line below a figure's title. */
  subtitle?: { text: string; font?: Font };
  /** Position across the figure, 0 to 1. */
  x?: number;
  /** Which side of the words stands at `x`. */
  xanchor?: "left" | "center" | "right";
  /** Position upward, 0 to 1. */
  y?: number;
  /** Whether `y` counts in the whole figure or in the panels. */
  yref?: "container" | "paper";
  /** Which side of the words stands at `y`. */
  yanchor?: "top" | "middle" | "bottom";
  /** Room around the words in pixels. */
  pad?: { t?: number; b?: number; l?: number; r?: number };
}

/** An axis of a panel. */
export interface Axis {
  /** What the axis measures, with its unit. */
  title?: Title;
  /** Linear, logarithmic or by names. */
  type?: "linear" | "log" | "category";
  /** The names of an axis by names, in order, whether data have them or not. */
  categoryarray?: string[];
  /** First and last value; in powers of ten on a logarithmic axis. */
  range?: [number, number];
  /** Whether the range found from the data includes zero. */
  rangemode?: "normal" | "tozero" | "nonnegative";
  /** Part of the figure's width or height that the axis takes, 0 to 1. */
  domain?: [number, number];
  /** The other axis that this one stands at. */
  anchor?: XAxisId | YAxisId;
  /** The axis whose range this one always has. */
  matches?: XAxisId | YAxisId;
  /** Colour of the lines of the grid. */
  gridcolor?: string;
  /** Whether the line at zero is drawn heavier. */
  zeroline?: boolean;
  /** Colour of the line at zero. */
  zerolinecolor?: string;
  /** Whether the axis's own line is drawn. */
  showline?: boolean;
  /** Colour of the axis's line. */
  linecolor?: string;
  /** Where ticks are drawn. */
  ticks?: "" | "outside" | "inside";
  /** Colour of the ticks. */
  tickcolor?: string;
  /** Whether values stand at the ticks. */
  showticklabels?: boolean;
  /** Whether the grid is drawn. */
  showgrid?: boolean;
  /** Whether the axis is drawn at all. */
  visible?: boolean;
  /** Whether room is made for long labels. */
  automargin?: boolean;
  /** d3's pattern for the labels. */
  tickformat?: string;
  /** Distance of ticks; on a logarithmic axis 1 is one power of ten. */
  dtick?: number;
  /** How powers of ten are written. */
  exponentformat?: "none" | "power" | "SI";
}

/** Words on a figure. */
export interface Annotation {
  /** The words. */
  text: string;
  /** Position across. */
  x: number | string;
  /** Position upward. */
  y: number;
  /** What `x` counts in: the figure, a panel ("x domain") or an axis. */
  xref?: "paper" | XAxisId | `${XAxisId} domain`;
  /** What `y` counts in: the figure, a panel ("y domain") or an axis. */
  yref?: "paper" | YAxisId | `${YAxisId} domain`;
  /** Which side of the words stands at `x`. */
  xanchor?: "left" | "center" | "right";
  /** Which side of the words stands at `y`. */
  yanchor?: "top" | "middle" | "bottom";
  /** Whether an arrow points from the words to the position. */
  showarrow?: boolean;
  /** How several lines stand to each other. */
  align?: "left" | "center" | "right";
  /** How the words are set. */
  font?: Font;
  /** A CSS colour behind the words. */
  bgcolor?: string;
}

/** A straight line or a box on a figure. */
export interface Shape {
  /** What is drawn. */
  type: "line" | "rect";
  /** First position across. */
  x0: number;
  /** Second position across. */
  x1: number;
  /** First position upward. */
  y0: number;
  /** Second position upward. */
  y1: number;
  /** What `x0` and `x1` count in. */
  xref?: "paper" | XAxisId | `${XAxisId} domain`;
  /** What `y0` and `y1` count in. */
  yref?: "paper" | YAxisId | `${YAxisId} domain`;
  /** The style of the line. */
  line?: Line;
  /** Whether traces are drawn over it. */
  layer?: "below" | "above";
}

/** A position of a slider, and what it does to the figure. */
export interface SliderStep {
  /** The words at the position. */
  label: string;
  /** What plotly does: it changes traces and the layout. */
  method: "update";
  /** The traces' new properties, a value for each trace, and the layout's. */
  args: [{ visible: boolean[] }, Record<string, unknown>];
}

/** A control below the panels that plotly works without a kernel. */
export interface Slider {
  /** Its positions from left to right. */
  steps: SliderStep[];
  /** The position at the beginning, from 0. */
  active?: number;
  /** The words above it: what stands before the position's own. */
  currentvalue?: { prefix?: string; font?: Font };
  /** Its left end, in the panels' width. */
  x?: number;
  /** Its upper end, in the panels' height. */
  y?: number;
  /** Its length, as a part of the panels' width. */
  len?: number;
  /** Room around it in pixels. */
  pad?: { t?: number; b?: number; l?: number; r?: number };
  /** Colour of the handle. */
  bgcolor?: string;
  /** Colour of the handle while it is held. */
  activebgcolor?: string;
  /** Colour of the handle's edge. */
  bordercolor?: string;
  /** Colour of the ticks. */
  tickcolor?: string;
}

/** Everything of a figure that is not data; `xaxis` is the first panel's. */
export interface Layout extends Partial<Record<AxisKey, Axis>> {
  /** The title. */
  title?: Title;
  /** Width in pixels. */
  width?: number;
  /** Height in pixels. */
  height?: number;
  /** Whether plotly fits the figure into the page. */
  autosize?: boolean;
  /** How all words are set. */
  font?: Font;
  /** Colours of traces that name none. */
  colorway?: string[];
  /** Colour around the panels. */
  paper_bgcolor?: string;
  /** Colour of the panels. */
  plot_bgcolor?: string;
  /** Room around the panels in pixels. */
  margin?: { l?: number; r?: number; t?: number; b?: number };
  /** Whether there is a legend. */
  showlegend?: boolean;
  /** Where the legend stands. */
  legend?: {
    orientation?: "h" | "v";
    x?: number;
    y?: number;
    xanchor?: "left" | "center" | "right";
    yanchor?: "top" | "middle" | "bottom";
    bgcolor?: string;
    font?: Font;
  };
  /** What hovering shows. */
  hovermode?: "closest" | "x" | "x unified" | false;
  /** How bars of several traces stand to each other. */
  barmode?: "group" | "stack" | "overlay";
  /** Room between groups of bars, 0 to 1. */
  bargap?: number;
  /** Words on the figure. */
  annotations?: Annotation[];
  /** Lines and boxes on the figure. */
  shapes?: Shape[];
  /** Controls below the panels. */
  sliders?: Slider[];
  /** Plotly's own buttons above the figure. */
  modebar?: { bgcolor?: string; color?: string; activecolor?: string };
}

/** How plotly behaves in a page. */
export interface Config {
  /** Whether plotly's own logo is shown. */
  displaylogo?: boolean;
  /** Whether the figure follows the page's width. */
  responsive?: boolean;
}

/** A figure in plotly's JSON. */
export interface Figure {
  /** What is drawn, the later over the earlier. */
  data: Trace[];
  /** Titles, axes, sizes. */
  layout?: Layout;
  /** Behaviour in a page. */
  config?: Config;
}

/** The MIME type under which Jupyter's front ends draw a {@linkcode Figure}. */
export const PLOTLY_MIME = "application/vnd.plotly.v1+json";
