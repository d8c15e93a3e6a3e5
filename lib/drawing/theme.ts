import { GRID, INK as FIGURE_INK } from "../plots/house_look.ts";
import type { Hue, Look } from "./marks.ts";

/** All themes. */
export const THEMES = ["transparent", "light", "dark", "auto"] as const;

/**
 * What a drawing stands on: nothing, so that the page is seen through it, with
 * colours that stand out from a light and from a dark one, as figures have
 * them; a page of its own, light or dark; or either, as the reader's system has
 * it. JupyterLab's theme is its own: only "transparent" fits in with it.
 */
export type Theme = typeof THEMES[number];

/** The colours of a look; what is left out is not painted. */
export interface Paint {
  readonly fill?: string;
  readonly stroke?: string;
}

/** The colours of a drawing. */
export type Colours = Readonly<
  Record<Look | "page" | "head" | "label", Paint>
>;

const PAGE = "#ffffff";
const INK = "#222222";
const MUTED = "#6b6b6b";

const DARK_PAGE = "#14171c";
const DARK_INK = "#e6e8eb";
const DARK_MUTED = "#a3abb5";

/**
 * The hues of stages, those of Okabe and Ito (2008): they outline boxes, and fill
 * them mixed with the page's colour.
 */
const HUES_OF_STAGES: readonly string[] = [
  "#0072b2", // blue
  "#d55e00", // vermillion
  "#009e73", // bluish green
  "#cc79a7", // reddish purple
  "#e69f00", // orange
  "#56b4e9", // sky blue
];

/** Colours on white. */
export const LIGHT: Colours = {
  page: { fill: PAGE },
  ink: { fill: INK },
  label: { fill: INK },
  muted: { fill: MUTED },
  paper: { fill: PAGE },
  flow: { stroke: INK },
  head: { fill: INK },
  quiet: { stroke: MUTED },
  rule: { stroke: "#e2e2e2" },
  normalisation: { fill: "#dcdcdc", stroke: "#8c8c8c" },
  activation: { fill: "#4d4d4d", stroke: "#4d4d4d" },
  neutral: { fill: PAGE, stroke: MUTED },
  ...stages((hue) => ({ fill: mixed(hue, PAGE, 0.8), stroke: hue })),
};

/** The same without a page: boxes are as they are on white. */
export const TRANSPARENT: Colours = {
  ...LIGHT,
  page: {},
  ink: { fill: FIGURE_INK },
  muted: { fill: FIGURE_INK },
  flow: { stroke: FIGURE_INK },
  head: { fill: FIGURE_INK },
  quiet: { stroke: FIGURE_INK },
  rule: { stroke: GRID },
};

/** The same on a dark page. */
export const DARK: Colours = {
  page: { fill: DARK_PAGE },
  ink: { fill: DARK_INK },
  label: { fill: DARK_INK },
  muted: { fill: DARK_MUTED },
  paper: { fill: DARK_PAGE },
  flow: { stroke: DARK_INK },
  head: { fill: DARK_INK },
  quiet: { stroke: DARK_MUTED },
  rule: { stroke: "#343a42" },
  normalisation: { fill: "#4a515b", stroke: "#868e98" },
  activation: { fill: "#cdd2d8", stroke: "#cdd2d8" },
  neutral: { fill: DARK_PAGE, stroke: DARK_MUTED },
  ...stages((hue) => ({
    fill: mixed(hue, DARK_PAGE, 0.6),
    stroke: mixed(hue, "#ffffff", 0.25),
  })),
};

/** The colours of stages, and a grey for those beyond. */
function stages(paint: (hue: string) => Paint): Record<Hue, Paint> {
  const [blue, vermillion, green, purple, orange, sky] = HUES_OF_STAGES.map(
    paint,
  );
  const grey = paint(MUTED);
  return {
    stage0: blue ?? grey,
    stage1: vermillion ?? grey,
    stage2: green ?? grey,
    stage3: purple ?? grey,
    stage4: orange ?? grey,
    stage5: sky ?? grey,
    stage6: grey,
  };
}

const HUES: readonly Hue[] = [
  "stage0",
  "stage1",
  "stage2",
  "stage3",
  "stage4",
  "stage5",
  "stage6",
];

/** The colour of the stage at an index; after the last comes the first. */
export function hueOf(stage: number): Hue {
  return HUES[stage % HUES.length] ?? "stage6";
}

/** A colour with a share of another, both as "#rrggbb". */
function mixed(colour: string, other: string, share: number): string {
  const channel = (hex: string, at: number) =>
    parseInt(hex.slice(at, at + 2), 16);
  const channels = [1, 3, 5].map((at) =>
    Math.round(
      (1 - share) * channel(colour, at) + share * channel(other, at),
    ).toString(16).padStart(2, "0")
  );
  return `#${channels.join("")}`;
}

/** The colours that a drawing's marks say they have. */
export function coloursOf(theme: Theme): Colours {
  if (theme === "transparent") return TRANSPARENT;
  return theme === "dark" ? DARK : LIGHT;
}

/**
 * What turns a light drawing dark where the reader's system is dark. Colours
 * stand in the marks' attributes, which every renderer reads and every rule of
 * a style sheet overrides.
 */
export function styleOf(theme: Theme): string {
  if (theme !== "auto") return "";
  const rules = Object.entries(DARK).map(([look, { fill, stroke }]) => {
    const paint = [
      ...(fill ? [`fill:${fill}`] : []),
      ...(stroke ? [`stroke:${stroke}`] : []),
    ];
    return `.network-drawing .${look}{${paint.join(";")}}`;
  });
  return `<style>@media (prefers-color-scheme: dark){${
    rules.join("")
  }}</style>`;
}
