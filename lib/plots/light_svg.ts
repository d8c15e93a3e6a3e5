import { escape } from "@std/html";
import type { Axis, Figure, Layout, Line, ScatterTrace } from "./figure.ts";
import { FONT_FAMILY, GRID, INK, MUTED, PALETTE, SIZE } from "./house_look.ts";
import { type Scale, scaleOf } from "./scale.ts";

/** Points of a line that are drawn at most; the eye sees no more. */
const MOST_POINTS = 400;

/**
 * Draws a figure of lines as a small SVG, without plotly and in well under a
 * millisecond for each line, so that it can be drawn anew while a network
 * trains. It knows what learning curves need: lines, panels, linear and
 * logarithmic axes, titles, levels and a legend; it leaves out the rest.
 *
 * @example Usage
 * ```ts
 * import { figure } from "./house_look.ts";
 * import { lightSvg } from "./light_svg.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const line = figure([{ type: "scatter", x: [1, 2], y: [3, 4], name: "loss" }]);
 * assertStringIncludes(lightSvg(line), ">loss</text>");
 * ```
 *
 * @param figure The figure.
 * @returns The text of the SVG.
 * @throws {TypeError} If a trace is not a line.
 */
export function lightSvg(figure: Figure): string {
  const layout = figure.layout ?? {};
  const width = layout.width ?? SIZE.width;
  const height = layout.height ?? SIZE.height;
  const lines = figure.data.map((trace) => {
    if (trace.type !== "scatter") {
      throw new TypeError(
        `Expected traces of the type scatter but found "${trace.type}"`,
      );
    }
    return trace;
  });
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" font-family="${FONT_FAMILY}" ` +
    `font-size="13" fill="${INK}">`,
    ...titles(layout),
    ...panelsOf(lines).flatMap((panel) => drawPanel(panel, lines, layout)),
    ...legend(lines, layout, height),
    "</svg>",
  ];
  return parts.join("");
}

/** The lines of one panel, and the number in its axes' names. */
interface Panel {
  readonly at: string;
  readonly lines: readonly ScatterTrace[];
}

function panelsOf(lines: readonly ScatterTrace[]): Panel[] {
  const names = new Set(lines.map((line) => line.xaxis ?? "x"));
  return [...names].map((name) => ({
    at: name.slice(1),
    lines: lines.filter((line) => (line.xaxis ?? "x") === name),
  }));
}

function titles({ title }: Layout): string[] {
  if (!title) return [];
  const parts = [text(title.text, 16, 30, `font-size="18"`)];
  if (title.subtitle) {
    parts.push(text(title.subtitle.text, 16, 52, `fill="${MUTED}"`));
  }
  return parts;
}

function drawPanel(
  panel: Panel,
  all: readonly ScatterTrace[],
  layout: Layout,
): string[] {
  const { at, lines } = panel;
  const { l = 80, r = 24, t = 60, b = 72 } = layout.margin ?? {};
  const width = (layout.width ?? SIZE.width) - l - r;
  const xAxis: Axis = layout[`xaxis${at}` as "xaxis"] ?? {};
  const yAxis: Axis = layout[`yaxis${at}` as "yaxis"] ?? {};
  const [from, to] = xAxis.domain ?? [0, 1];
  const left = l + from * width;
  const right = l + to * width;
  const bottom = (layout.height ?? SIZE.height) - b;
  const sharedY = layout.yaxis2?.matches === "y";
  const levels = levelsOf(layout, at);
  const x = scaleOf(xAxis, lines.flatMap(({ x }) => x.map(Number)), [
    left,
    right,
  ]);
  const y = scaleOf(yAxis, [
    ...(sharedY ? all : lines).flatMap(({ y }) =>
      y.filter((value) => value !== null)
    ),
    ...levels,
  ], [bottom, t]);
  const middle = (t + bottom) / 2;
  const ylabel = left - 52;
  return [
    ...y.ticks.flatMap((value) => {
      const pixel = fixed(y.toPixel(value));
      return [
        `<path d="M${fixed(left)} ${pixel}H${fixed(right)}" stroke="${GRID}"/>`,
        text(label(value), left - 8, pixel + 4, `text-anchor="end"`),
      ];
    }),
    ...x.ticks.flatMap((value) => [
      `<path d="M${fixed(x.toPixel(value))} ${bottom}v5" stroke="${INK}"/>`,
      text(
        label(value),
        x.toPixel(value),
        bottom + 20,
        `text-anchor="middle"`,
      ),
    ]),
    `<path d="M${fixed(left)} ${t}V${bottom}H${
      fixed(right)
    }" fill="none" stroke="${INK}"/>`,
    ...levels.map((value) =>
      `<path d="M${fixed(left)} ${fixed(y.toPixel(value))}H${fixed(right)}" ` +
      `stroke="${MUTED}" stroke-dasharray="3 3"/>`
    ),
    ...(xAxis.title
      ? [
        text(
          xAxis.title.text,
          (left + right) / 2,
          bottom + 44,
          `text-anchor="middle"`,
        ),
      ]
      : []),
    ...(yAxis.title
      ? [
        text(
          yAxis.title.text,
          ylabel,
          middle,
          `text-anchor="middle" transform="rotate(-90 ${
            fixed(ylabel)
          } ${middle})"`,
        ),
      ]
      : []),
    ...words(layout, at, left, right, t, bottom, y),
    ...lines.map((line, index) => drawLine(line, index, x, y)),
  ];
}

/** Heights of the horizontal lines across a panel. */
function levelsOf(layout: Layout, at: string): number[] {
  return (layout.shapes ?? []).flatMap((shape) =>
    shape.yref === `y${at}` && shape.y0 === shape.y1 ? [shape.y0] : []
  );
}

/** Headings above a panel and words at its levels. */
function words(
  layout: Layout,
  at: string,
  left: number,
  right: number,
  top: number,
  bottom: number,
  y: Scale,
): string[] {
  return (layout.annotations ?? []).flatMap((note) => {
    if (note.xref !== `x${at} domain` || typeof note.x !== "number") return [];
    const inPanel = note.yref === `y${at} domain`;
    const height = inPanel
      ? bottom - note.y * (bottom - top)
      : y.toPixel(note.y) - 2;
    const anchor = note.xanchor === "right" ? "end" : "start";
    const bold = note.text.startsWith("<b>") ? ` font-weight="bold"` : "";
    return [
      text(
        note.text.replace(/<[^>]*>/g, ""),
        left + note.x * (right - left),
        height - 2,
        `text-anchor="${anchor}" fill="${note.font?.color ?? INK}"${bold}`,
      ),
    ];
  });
}

const DASHES = {
  solid: "",
  dot: "2 3",
  dash: "7 5",
  dashdot: "7 4 2 4",
} as const;

function stroke(line: Line | undefined, index: number): string {
  const {
    color = PALETTE[index % PALETTE.length]!,
    width = 2,
    dash = "solid",
  } = line ?? {};
  const dashes = DASHES[dash];
  return `fill="none" stroke="${color}" stroke-width="${width}"` +
    (dashes && ` stroke-dasharray="${dashes}"`);
}

function drawLine(
  line: ScatterTrace,
  index: number,
  x: Scale,
  y: Scale,
): string {
  const every = Math.max(1, Math.ceil(line.x.length / MOST_POINTS));
  const last = line.x.length - 1;
  let path = "";
  let pen = "M";
  for (let i = 0; i <= last; i++) {
    if (i % every !== 0 && i !== last) continue;
    const pixel = y.toPixel(line.y[i] ?? NaN);
    if (!Number.isFinite(pixel)) {
      pen = "M";
      continue;
    }
    path += `${pen}${fixed(x.toPixel(Number(line.x[i])))} ${fixed(pixel)}`;
    pen = "L";
  }
  return `<path d="${path}" stroke-linecap="round" ${
    stroke(line.line, index)
  }/>`;
}

/** The names of the lines below the panels. */
function legend(
  lines: readonly ScatterTrace[],
  layout: Layout,
  height: number,
): string[] {
  if (layout.showlegend === false) return [];
  let left = layout.margin?.l ?? 80;
  return lines.flatMap((line, index) => {
    if (line.showlegend === false || !line.name) return [];
    const start = left;
    left += 56 + 8 * line.name.length;
    return [
      `<path d="M${start} ${height - 14}h28" ${stroke(line.line, index)}/>`,
      text(line.name, start + 34, height - 10),
    ];
  });
}

function text(words: string, x: number, y: number, attributes = ""): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}"${
    attributes && ` ${attributes}`
  }>${escape(words)}</text>`;
}

function fixed(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A tick's value: "0.01", "2000", "1e-7". */
function label(value: number): string {
  return value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6)
    ? String(value)
    : value.toExponential();
}
