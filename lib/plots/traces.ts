/** The number of a panel after the first one, which has none. */
export type PanelNumber = 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** The `x` axis that a trace is drawn on: "x" or "x2", "x3", ... */
export type XAxisId = "x" | `x${PanelNumber}`;

/** The `y` axis that a trace is drawn on: "y" or "y2", "y3", ... */
export type YAxisId = "y" | `y${PanelNumber}`;

/** How words are set. */
export interface Font {
  /** Families in order of preference, as in CSS. */
  family?: string;
  /** Size in pixels. */
  size?: number;
  /** A CSS colour. */
  color?: string;
}

/** The style of a line. */
export interface Line {
  /** A CSS colour. */
  color?: string;
  /** Width in pixels. */
  width?: number;
  /** Pattern of the line. */
  dash?: "solid" | "dot" | "dash" | "dashdot";
}

/** The style of the marks at a trace's points. */
export interface Marker {
  /** A CSS colour. */
  color?: string;
  /** Diameter in pixels. */
  size?: number;
  /** Shape of the mark. */
  symbol?: "circle" | "circle-open" | "square" | "square-open" | "diamond";
}

/** What every kind of trace has. */
export interface TraceBase {
  /** The name in the legend and in the hover label. */
  name?: string;
  /** The panel's `x` axis. */
  xaxis?: XAxisId;
  /** The panel's `y` axis. */
  yaxis?: YAxisId;
  /** Traces of one group are hidden and shown together by the legend. */
  legendgroup?: string;
  /** Whether the trace has an entry in the legend. */
  showlegend?: boolean;
  /** Plotly's pattern for the hover label. */
  hovertemplate?: string;
  /** Opacity, 0 to 1. */
  opacity?: number;
  /** Whether the trace is drawn. */
  visible?: boolean;
}

/** A line, or points, through `(x[i], y[i])`. */
export interface ScatterTrace extends TraceBase {
  /** The kind of trace. */
  type: "scatter";
  /** Abscissas. */
  x: (number | string)[];
  /** Ordinates; `null` leaves a gap. */
  y: (number | null)[];
  /** What is drawn. */
  mode?: "lines" | "markers" | "lines+markers";
  /** Words for each point's hover label. */
  text?: string[];
  /** The line's style. */
  line?: Line;
  /** The marks' style. */
  marker?: Marker;
}

/** Bars of heights `y[i]` at `x[i]`. */
export interface BarTrace extends TraceBase {
  /** The kind of trace. */
  type: "bar";
  /** Positions, or names of categories. */
  x: (number | string)[];
  /** Heights; `null` leaves a gap. */
  y: (number | null)[];
  /** Words written at each bar. */
  text?: string[];
  /** Where the words stand. */
  textposition?: "inside" | "outside" | "auto" | "none";
  /** How the words are set. */
  textfont?: Font;
  /** The bars' style. */
  marker?: { color?: string | string[]; line?: Line };
}

/** A matrix `z[row][column]` as colours. */
export interface HeatmapTrace extends TraceBase {
  /** The kind of trace. */
  type: "heatmap";
  /** Values by row and column; `null` leaves a hole. */
  z: (number | null)[][];
  /** Columns' positions or names. */
  x?: (number | string)[];
  /** Rows' positions or names. */
  y?: (number | string)[];
  /** A named colour scale. */
  colorscale?: "Viridis" | "Cividis" | "Greys" | "RdBu";
  /** The value of the scale's first colour. */
  zmin?: number;
  /** The value of the scale's last colour. */
  zmax?: number;
  /** Whether a colour bar stands beside the matrix. */
  showscale?: boolean;
}

/** Values over a plane, `z[row][column]`, as lines of one height each. */
export interface ContourTrace extends TraceBase {
  /** The kind of trace. */
  type: "contour";
  /** Values by row and column; `null` leaves a hole. */
  z: (number | null)[][];
  /** Columns' positions. */
  x?: number[];
  /** Rows' positions. */
  y?: number[];
  /** A named colour scale. */
  colorscale?: "Viridis" | "Cividis" | "Greys" | "RdBu";
  /** How many lines there are at most. */
  ncontours?: number;
  /** Whether areas have one colour each, or lines stand on a heat map. */
  contours?: { coloring?: "fill" | "heatmap" | "lines" };
  /** Value of the first colour. */
  zmin?: number;
  /** Value of the last colour. */
  zmax?: number;
  /** Whether a colour bar stands beside the plane. */
  showscale?: boolean;
  /** The lines' style. */
  line?: Line;
}

/** One set of data in a figure. */
export type Trace = ScatterTrace | BarTrace | HeatmapTrace | ContourTrace;
