/**
 * How every figure of the project looks, on a light page and on a dark one: a
 * figure has no colour of its own behind it, and every colour in it stands out
 * from white as from near-black (JupyterLab's and GitHub's dark pages).
 *
 * A network's hue says its depth, and nothing else: plain-56 and ResNet-56
 * have the same hue and stand in different panels, or have open and filled
 * marks. The weight of a line says on what the error was measured: thin and
 * dashed on the images trained on, bold and solid on the test images, as in
 * Fig. 6 of He et al. 2015 (arXiv 1512.03385).
 *
 * @module
 */

import type {
  AxisKey,
  BarTrace,
  Figure,
  Font,
  Layout,
  Line,
  Trace,
} from "./figure.ts";

/** The families that figures ask for; the first ships with the project. */
export const FONT_FAMILY = "DejaVu Sans, Verdana, sans-serif";

/**
 * The colour of words and axes: the grey that stands out as much from white as
 * from JupyterLab's dark page, by a contrast of 4.3. No colour has more on both.
 */
export const INK = "#797979";

/** The colour of grids: on either page a little of the ink. */
export const GRID = "rgba(121, 121, 121, 0.3)";

/**
 * The colour of reference lines and of what stands back. A paler one would not
 * be read on one of the pages: what stands back is thinner, dotted or smaller.
 */
export const MUTED = INK;

/** No colour: the page is seen through. */
export const TRANSPARENT = "rgba(0, 0, 0, 0)";

/**
 * Colours that stand out from white and from near-black by a contrast of 3, and
 * are told apart with any of the usual colour blindnesses at least as well as
 * those of Okabe and Ito (2008), of whom the first three are. The others of
 * theirs are too light for a white page, or too dark for a black one.
 */
export const PALETTE: readonly string[] = [
  "#0072b2", // blue
  "#d55e00", // vermillion
  "#009e73", // bluish green
  "#b080b0", // mauve
  "#a05020", // brown
  "#e050f0", // magenta
  "#8030f0", // violet
];

/** The bars in which the papers' numbers are drawn. */
export const PAPER_MARKER: BarTrace["marker"] & object = {
  color: "#a9a9a9",
  line: { color: INK, width: 1 },
};

/** The depths of the papers' networks, each with its own hue. */
const DEPTH_HUES: Readonly<Record<number, string>> = {
  18: "#0072b2",
  20: "#0072b2",
  32: "#009e73",
  34: "#d55e00",
  44: "#b080b0",
  56: "#d55e00",
  110: "#8030f0",
  164: "#e050f0",
  1001: "#a05020",
  1202: "#a05020",
};

/** Sizes of a figure in pixels. */
export const SIZE: Readonly<{ width: number; height: number }> = {
  width: 760,
  height: 420,
};

/**
 * Width in pixels of the widest figures: what fits beside JupyterLab's file
 * browser in a window of 1280 pixels.
 */
export const WIDE = 860;

/** The depth in a network's name, with the family that stands before it. */
export interface NameParts {
  /** The words before the depth: "plain" or "ResNet". */
  family: string;
  /** The number of weighted layers, or `null` where the name has none. */
  depth: number | null;
}

/**
 * Splits a network's name into family and depth.
 *
 * @example Usage
 * ```ts
 * import { nameParts } from "./house_look.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nameParts("ResNet-56"), { family: "ResNet", depth: 56 });
 * assertEquals(nameParts("our own"), { family: "our own", depth: null });
 * ```
 *
 * @param name The network's name.
 * @returns Its family and its depth.
 */
export function nameParts(name: string): NameParts {
  const match = /^(.*\S)[-\s](\d+)$/.exec(name.trim());
  if (!match) return { family: name.trim(), depth: null };
  return { family: match[1]!, depth: Number(match[2]) };
}

/** Whether a family of networks, such as "narrow plain", has no shortcuts. */
export function isPlain(family: string): boolean {
  return /\bplain\b/i.test(family);
}

/**
 * The hue of each network: that of its depth where the papers have a network
 * of this depth, else the next of the palette that is not taken.
 *
 * @example Usage
 * ```ts
 * import { hues } from "./house_look.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [plain, residual] = hues(["plain-56", "ResNet-56"]);
 * assertEquals(plain, residual);
 * ```
 *
 * @param names The networks' names.
 * @returns A CSS colour for each name, in the same order.
 */
export function hues(names: readonly string[]): string[] {
  const taken = new Map<string, string>();
  for (const name of names) {
    const { depth } = nameParts(name);
    const hue = depth === null ? undefined : DEPTH_HUES[depth];
    if (hue !== undefined) taken.set(`depth ${depth}`, hue);
  }
  return names.map((name) => {
    const { family, depth } = nameParts(name);
    const key = depth === null ? family : `depth ${depth}`;
    let hue = taken.get(key);
    if (hue === undefined) {
      const used = new Set(taken.values());
      hue = PALETTE.find((colour) => !used.has(colour)) ??
        PALETTE[taken.size % PALETTE.length]!;
      taken.set(key, hue);
    }
    return hue;
  });
}

/** The line of an error measured on the training images: thin, dashed. */
export function trainingLine(color: string): Line {
  return { color, width: 1.5, dash: "dash" };
}

/** The line of an error measured on the test images: bold, solid. */
export function testLine(color: string): Line {
  return { color, width: 3, dash: "solid" };
}

/** Words that stand back: subtitles and notes. */
const NOTE_FONT: Font = { size: 13, color: MUTED };

/** Where a figure's title stands: at the upper left. */
const TITLE = {
  x: 0.02,
  xanchor: "left",
  y: 1,
  yref: "container",
  yanchor: "top",
  pad: { t: 16 },
} as const;

/** Pixels above the panels. */
function titleRoom(layout: Layout): number {
  if (!layout.title) return 24;
  return layout.title.subtitle ? 84 : 60;
}

/** The look of an axis. */
const AXIS = {
  gridcolor: GRID,
  zeroline: false,
  zerolinecolor: MUTED,
  showline: true,
  linecolor: INK,
  ticks: "outside",
  tickcolor: INK,
} as const;

/**
 * Makes a figure with the house look: for light and dark pages, large enough to
 * read, with a colour-blind-safe palette.
 *
 * @example Usage
 * ```ts
 * import { figure } from "./house_look.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const line = figure([{ type: "scatter", x: [1, 2], y: [3, 4] }], {
 *   yaxis: { title: { text: "error (%)" } },
 * });
 * assertEquals(line.layout?.yaxis?.title?.text, "error (%)");
 * assertEquals(line.layout?.paper_bgcolor, "rgba(0, 0, 0, 0)");
 * ```
 *
 * @param data What is drawn.
 * @param layout Titles, axes, and whatever differs from the house look.
 * @returns The figure.
 */
export function figure(data: Trace[], layout: Layout = {}): Figure {
  const house: Layout = {
    ...SIZE,
    font: { family: FONT_FAMILY, size: 14, color: INK },
    colorway: [...PALETTE],
    paper_bgcolor: TRANSPARENT,
    plot_bgcolor: TRANSPARENT,
    modebar: { bgcolor: TRANSPARENT, color: MUTED, activecolor: PALETTE[0]! },
    margin: { l: 80, r: 24, t: titleRoom(layout), b: 72 },
    hovermode: "closest",
    ...layout,
  };
  if (layout.title) {
    house.title = { ...TITLE, ...layout.title };
    if (layout.title.subtitle) {
      house.title.subtitle = { font: NOTE_FONT, ...layout.title.subtitle };
    }
  }
  for (const key of axisKeys({ xaxis: {}, yaxis: {}, ...layout })) {
    house[key] = { ...AXIS, ...layout[key] };
  }
  return { data, layout: house, config: { displaylogo: false } };
}

/** The keys of the axes that a layout has. */
export function axisKeys(layout: Layout): AxisKey[] {
  return Object.keys(layout).filter((key): key is AxisKey =>
    /^[xy]axis\d*$/.test(key)
  );
}
