import type {
  Annotation,
  Figure,
  Layout,
  PanelNumber,
  Shape,
  Trace,
} from "./figure.ts";
import { axisKeys, figure, INK, SIZE, WIDE } from "./house_look.ts";

/** Options for {@linkcode sideBySide}. */
export interface SideBySideOptions {
  /** The title above all panels. */
  title?: string;
  /** A smaller line below the title. */
  subtitle?: string;
  /** Whether all panels have the same range upward. Default: true. */
  sharedY?: boolean;
  /** Width of the whole in pixels. Default {@linkcode WIDE}. */
  width?: number;
  /** Height of the whole in pixels. */
  height?: number;
}

/** Room between panels, as a part of the width. */
const GAP = { shared: 0.06, own: 0.11 } as const;

/**
 * Puts figures of one panel each beside each other as the panels of one
 * figure. A figure's title becomes its panel's heading. Traces of the same name
 * and legend group have one entry in the legend.
 *
 * @example Usage
 * ```ts
 * import { figure } from "./house_look.ts";
 * import { sideBySide } from "./side_by_side.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const panel = figure([{ type: "scatter", x: [1, 2], y: [3, 4] }]);
 * const both = sideBySide([panel, panel]);
 * assertEquals(both.data.map((trace) => trace.xaxis), ["x", "x2"]);
 * ```
 *
 * @param figures The panels from left to right.
 * @param options Title, size, and whether the panels share their scale.
 * @returns The figure of all panels.
 * @throws {RangeError} If there is no figure, there are more than 9, or one
 * has several panels or a slider.
 */
export function sideBySide(
  figures: readonly Figure[],
  options: SideBySideOptions = {},
): Figure {
  if (figures.length === 0) {
    throw new RangeError(
      "Expected at least one figure to place but found none",
    );
  }
  if (figures.length > 9) {
    throw new RangeError(
      `Expected at most 9 figures to place but found ${figures.length}`,
    );
  }
  const { sharedY = true, width = WIDE, height = SIZE.height + 40 } = options;
  const layout: Layout = {
    width,
    height,
    annotations: [],
    shapes: [],
    legend: { orientation: "h", x: 0, y: -0.27, yanchor: "top" },
  };
  if (options.title) {
    layout.title = { text: options.title };
    if (options.subtitle) layout.title.subtitle = { text: options.subtitle };
  }
  const gap = sharedY ? GAP.shared : GAP.own;
  const panelWidth = (1 - gap * (figures.length - 1)) / figures.length;
  const data = figures.flatMap((panel, index) => {
    const left = index * (panelWidth + gap);
    addPanel(layout, panel, index, [left, left + panelWidth], sharedY);
    return panel.data.map((trace) => onPanel(trace, index));
  });
  nameOnce(data);
  const whole = figure(data, layout);
  const { t = 0, ...margin } = whole.layout!.margin!;
  whole.layout!.margin = { ...margin, t: t + 24, b: 112 };
  return whole;
}

type Suffix = "" | PanelNumber;

/** The end of the names of a panel's axes: "" for the first, then "2", "3", ... */
function suffix(index: number): Suffix {
  return index === 0 ? "" : index + 1 as PanelNumber;
}

function onPanel(trace: Trace, index: number): Trace {
  const at = suffix(index);
  return { ...trace, xaxis: `x${at}`, yaxis: `y${at}` } as Trace;
}

/** Leaves one entry in the legend to traces of the same name and group. */
function nameOnce(traces: Trace[]): void {
  const named = new Set<string>();
  for (const trace of traces) {
    const { name, legendgroup, showlegend } = trace;
    if (!name || !legendgroup || showlegend === false) continue;
    const key = `${legendgroup}: ${name}`;
    if (named.has(key)) trace.showlegend = false;
    named.add(key);
  }
}

function addPanel(
  layout: Layout,
  panel: Figure,
  index: number,
  domain: [number, number],
  sharedY: boolean,
): void {
  const own = panel.layout ?? {};
  if (own.sliders) {
    throw new RangeError(
      `Expected figures without a slider but figure ${index + 1} has one`,
    );
  }
  if (axisKeys(own).some((key) => /\d/.test(key))) {
    throw new RangeError(
      `Expected figures of one panel each but figure ${index + 1} has several`,
    );
  }
  const at = suffix(index);
  layout[`xaxis${at}`] = {
    ...own.xaxis,
    domain,
    anchor: `y${at}`,
  };
  layout[`yaxis${at}`] = {
    ...own.yaxis,
    anchor: `x${at}`,
    ...(sharedY && index > 0 ? { matches: "y" } : {}),
  };
  if (sharedY && index > 0) {
    delete layout[`yaxis${at}`]!.title;
  }
  layout.shapes!.push(
    ...(own.shapes ?? []).map((shape) => moved<Shape>(shape, at)),
  );
  layout.annotations!.push(
    ...(own.annotations ?? []).map((words) => moved<Annotation>(words, at)),
  );
  if (own.title) layout.annotations!.push(heading(own.title.text, at));
}

/** Words above a panel, at its left edge. */
function heading(text: string, at: Suffix): Annotation {
  return {
    text: `<b>${text}</b>`,
    x: 0,
    y: 1.02,
    xref: `x${at} domain`,
    yref: `y${at} domain`,
    xanchor: "left",
    yanchor: "bottom",
    showarrow: false,
    font: { size: 15, color: INK },
  };
}

/** The same words or line in another panel. */
function moved<T extends Annotation | Shape>(item: T, at: Suffix): T {
  const move = (axis: "x" | "y", reference = "paper") =>
    reference === "paper"
      ? `${axis}${at} domain`
      : reference.replace(/^[xy]/, `${axis}${at}`);
  return {
    ...item,
    xref: move("x", item.xref),
    yref: move("y", item.yref),
  } as T;
}
