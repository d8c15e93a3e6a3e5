/**
 * Where the parts of an SVG stand, for a window that lays nothing out: the
 * boxes of texts, boxes and groups, from their attributes and from the widths
 * of the letters. Plotly places titles, legends and ticks by them.
 *
 * @module
 */

import { textWidth } from "./rasterize.ts";

/** An element of an SVG, as far as it is used here. */
export interface SvgElement {
  /** The name of the element: "g", "text", "rect", ... */
  readonly tagName: string;
  /** The words in it. */
  readonly textContent: string | null;
  /** Its style, by CSS name. */
  readonly style: Readonly<Record<string, string>>;
  /** The elements in it. */
  readonly children: ArrayLike<SvgElement>;
  /** The element that it is in. */
  readonly parentElement: SvgElement | null;
  /** An attribute's value. */
  getAttribute(name: string): string | null;
}

/** A box by its edges, in pixels; `y` counts downward. */
export interface Box {
  /** Left edge. */
  left: number;
  /** Upper edge. */
  top: number;
  /** Right edge. */
  right: number;
  /** Lower edge. */
  bottom: number;
}

/** The map `(x, y) -> (a x + c y + e, b x + d y + f)`, as SVG writes it. */
type Matrix = [
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** Of DejaVu Sans, in units of the font size. */
const ASCENT = 0.93;
const DESCENT = 0.24;

/** Do not count for the box of what they are in. */
const UNSEEN = new Set(["defs", "clippath", "style", "title"]);

/**
 * The box of an element in its own coordinates, as DOM's `getBBox`.
 *
 * @param element The element.
 * @returns Its box; empty at the origin where nothing is in it.
 */
export function boxOf(element: SvgElement): Box {
  return ownBox(element) ?? { left: 0, top: 0, right: 0, bottom: 0 };
}

/**
 * The box of an element in the page, as DOM's `getBoundingClientRect`.
 *
 * @param element The element.
 * @returns Its box, with the transformations of all that it is in.
 */
export function pageBoxOf(element: SvgElement): Box {
  let box = boxOf(element);
  for (
    let one: SvgElement | null = element;
    one !== null;
    one = one.parentElement
  ) {
    box = transformed(box, one.getAttribute("transform"));
  }
  return box;
}

function ownBox(element: SvgElement): Box | null {
  switch (element.tagName.toLowerCase()) {
    case "text":
      return textBox(element);
    case "rect":
    case "image": {
      const left = numberOf(element, "x");
      const top = numberOf(element, "y");
      const right = left + numberOf(element, "width");
      return { left, top, right, bottom: top + numberOf(element, "height") };
    }
    default:
      return union(
        Array.from(element.children).flatMap((child) => {
          const hidden = child.style["display"] === "none" ||
            UNSEEN.has(child.tagName.toLowerCase());
          const box = hidden ? null : ownBox(child);
          return box ? [transformed(box, child.getAttribute("transform"))] : [];
        }),
      );
  }
}

function textBox(text: SvgElement): Box | null {
  if (!text.textContent) return null;
  const size = fontSize(text);
  const lines = Array.from(text.children).filter((child) =>
    child.getAttribute("class") === "line"
  );
  const width = size * Math.max(
    ...(lines.length > 0 ? lines : [text]).map((line) =>
      textWidth(line.textContent ?? "", isBold(text) || isBold(line))
    ),
  );
  const anchor = styleOf(text, "text-anchor");
  const before = anchor === "end" ? 1 : anchor === "middle" ? 0.5 : 0;
  const left = numberOf(text, "x") - before * width;
  const top = numberOf(text, "y") - ASCENT * size;
  const lineCount = Math.max(1, lines.length);
  const bottom = top + (1.3 * (lineCount - 1) + ASCENT + DESCENT) * size;
  return { left, top, right: left + width, bottom };
}

function fontSize(text: SvgElement): number {
  for (let one: SvgElement | null = text; one; one = one.parentElement) {
    const size = parseFloat(styleOf(one, "font-size"));
    if (size > 0) return size;
  }
  return 12;
}

function isBold(element: SvgElement): boolean {
  return /^(bold|[6-9]00)$/.test(styleOf(element, "font-weight")) ||
    Array.from(element.children).some(isBold);
}

function styleOf(element: SvgElement, name: string): string {
  return element.style?.[name] || (element.getAttribute(name) ?? "");
}

function numberOf(element: SvgElement, name: string): number {
  return parseFloat(element.getAttribute(name) ?? "") || 0;
}

function union(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    top: Math.min(...boxes.map((box) => box.top)),
    right: Math.max(...boxes.map((box) => box.right)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}

/** The box around a box after an SVG `transform`. */
function transformed(box: Box, transform: string | null): Box {
  if (!transform) return box;
  const [a, b, c, d, e, f] = parseTransform(transform);
  const corners = [
    [box.left, box.top],
    [box.right, box.top],
    [box.left, box.bottom],
    [box.right, box.bottom],
  ] as const;
  const xs = corners.map(([x, y]) => a * x + c * y + e);
  const ys = corners.map(([x, y]) => b * x + d * y + f);
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
}

/** Reads translate, scale, rotate and matrix; the last acts first. */
function parseTransform(transform: string): Matrix {
  let whole = IDENTITY;
  for (const [, name, list] of transform.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const values = list!.trim().split(/[\s,]+/).map(Number);
    whole = multiply(whole, parseStep(name!, values));
  }
  return whole;
}

function parseStep(name: string, values: readonly number[]): Matrix {
  const [first = 0, second, third = 0] = values;
  switch (name) {
    case "translate":
      return [1, 0, 0, 1, first, second ?? 0];
    case "scale":
      return [first, 0, 0, second ?? first, 0, 0];
    case "rotate": {
      const cos = Math.cos(first * Math.PI / 180);
      const sin = Math.sin(first * Math.PI / 180);
      const x = second ?? 0;
      return multiply(
        multiply([1, 0, 0, 1, x, third], [cos, sin, -sin, cos, 0, 0]),
        [1, 0, 0, 1, -x, -third],
      );
    }
    case "matrix":
      return values as Matrix;
    default:
      throw new TypeError(
        `Expected translate, scale, rotate or matrix but found "${name}"`,
      );
  }
}

function multiply(left: Matrix, right: Matrix): Matrix {
  const [a, b, c, d, e, f] = left;
  const [g, h, i, j, k, l] = right;
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
}
