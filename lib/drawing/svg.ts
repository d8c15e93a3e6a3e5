import { escape } from "@std/html";
import { checkOneOf } from "../data/check_one_of.ts";
import { fnv1a } from "../data/fnv1a.ts";
import { FONT_FAMILY } from "../plots/house_look.ts";
import type { BoxMark, CircleMark, LineMark, Mark, TextMark } from "./marks.ts";
import { fixed, headAt, pathThrough, shortened } from "./paths.ts";
import {
  type Colours,
  coloursOf,
  type Paint,
  styleOf,
  type Theme,
  THEMES,
} from "./theme.ts";

/** A drawing before it is written. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  /** What it shows, for those who hear it. */
  readonly title: string;
  /** The same at length. */
  readonly description: string;
}

/**
 * Writes a drawing as SVG.
 *
 * @throws {RangeError} If there is no such theme.
 */
export function writeSvg(drawing: Drawing, theme: Theme): string {
  checkOneOf(theme, THEMES, "theme");
  const { width, height, marks, title, description } = drawing;
  const colours = coloursOf(theme);
  const body = marks.map((mark) => writeMark(mark, colours)).join("");
  // Ids are shared by all of a page that the SVG is put into.
  const id = `drawing-${fnv1a(title + description + body).toString(16)}`;
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="network-drawing" `,
    `width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" `,
    `aria-labelledby="${id}-title" aria-describedby="${id}-desc" `,
    `font-family="${FONT_FAMILY}">`,
    `<title id="${id}-title">${clean(title)}</title>`,
    `<desc id="${id}-desc">${clean(description)}</desc>`,
    styleOf(theme),
    colours.page.fill === undefined
      ? ""
      : `<rect width="${w}" height="${h}" ${painted("page", colours.page)}/>`,
    body,
    "</svg>",
  ].join("");
}

function writeMark(mark: Mark, colours: Colours): string {
  switch (mark.mark) {
    case "box":
      return writeBox(mark, colours);
    case "line":
      return writeLine(mark, colours);
    case "circle":
      return writeCircle(mark, colours);
    case "text":
      return writeText(mark, colours);
  }
}

function writeBox(box: BoxMark, colours: Colours): string {
  const { x, y, width, height, label, look, role } = box;
  const corner = role === "bar" || role === "key" ? 1 : 3;
  const rect =
    `<rect x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" ` +
    `height="${fixed(height)}" rx="${corner}" ${
      painted(`${role} ${look}`, colours[look])
    }/>`;
  const inside = look === "activation" ? "paper" : "label";
  const text = label === undefined ? "" : `<text x="${fixed(x + width / 2)}" ` +
    `y="${fixed(y + height / 2 + 0.36 * label.size)}" ` +
    `font-size="${label.size}" text-anchor="middle" ${
      painted(inside, colours[inside])
    }>${clean(label.text)}</text>`;
  return withTip(rect + text, box.tip);
}

function writeText(mark: TextMark, colours: Colours): string {
  const { x, y, size, anchor, look, bold, italic, subscript } = mark;
  const below = subscript === undefined
    ? ""
    : `<tspan dy="${fixed(0.25 * size)}" font-size="${fixed(0.7 * size)}">${
      clean(subscript)
    }</tspan>`;
  const text = `<text x="${fixed(x)}" y="${fixed(y)}" font-size="${size}"` +
    (anchor === "start" ? "" : ` text-anchor="${anchor}"`) +
    (bold ? ` font-weight="bold"` : "") +
    (italic ? ` font-style="italic"` : "") +
    ` ${painted(look, colours[look])}>${clean(mark.text)}${below}</text>`;
  return withTip(text, mark.tip);
}

function writeLine(mark: LineMark, colours: Colours): string {
  const { points, look, role, width, dotted, arrow } = mark;
  const end = arrow ? shortened(points, width) : points;
  const { stroke = "none" } = colours[look];
  const path = `<path d="${pathThrough(end)}" ${
    painted(`${role} ${look}`, { fill: "none", stroke })
  } stroke-width="${width}"${dotted ? ` ${dots(width)}` : ""}/>`;
  return path + (arrow ? writeHead(mark, colours) : "");
}

function writeHead(
  { points, width, look }: LineMark,
  colours: Colours,
): string {
  const paint = look === "flow" ? "head" : "muted";
  return `<path d="${headAt(points, width)}" ${
    painted(paint, colours[paint])
  }/>`;
}

/** What makes a line dotted. */
function dots(width: number): string {
  const [dot, gap] = [width, 2.4 * width].map(fixed);
  return `stroke-dasharray="${dot} ${gap}" stroke-linecap="round"`;
}

function writeCircle(mark: CircleMark, colours: Colours): string {
  const { x, y, radius: r, sign } = mark;
  const arm = 0.55 * r;
  const across = 0.7 * arm;
  const d = sign === "+"
    ? `M${fixed(x - arm)} ${fixed(y)}h${fixed(2 * arm)}` +
      `M${fixed(x)} ${fixed(y - arm)}v${fixed(2 * arm)}`
    : `M${fixed(x - across)} ${fixed(y - across)}l${fixed(2 * across)} ${
      fixed(2 * across)
    }M${fixed(x - across)} ${fixed(y + across)}l${fixed(2 * across)} ${
      fixed(-2 * across)
    }`;
  const name = sign === "+" ? "addition" : "product";
  const line = { stroke: colours.flow.stroke ?? "none" };
  return `<g class="${name}"><circle cx="${fixed(x)}" cy="${fixed(y)}" ` +
    `r="${fixed(r)}" ${
      painted("paper flow", { ...colours.paper, ...line })
    } stroke-width="1.2"/><path d="${d}" ${
      painted("flow", { fill: "none", ...line })
    } stroke-width="1.2"/></g>`;
}

function withTip(marks: string, tip: string | undefined): string {
  return tip === undefined
    ? marks
    : `<g><title>${clean(tip)}</title>${marks}</g>`;
}

function painted(classes: string, { fill, stroke }: Paint): string {
  return `class="${classes}"` + (fill ? ` fill="${fill}"` : "") +
    (stroke ? ` stroke="${stroke}"` : "");
}

/** Text as it can stand in XML, which knows no control characters. */
function clean(text: string): string {
  return escape(
    text.replace(
      /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
      "\ufffd",
    ),
  );
}
