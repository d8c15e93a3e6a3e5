import { JSDOM } from "jsdom";
import { assert, assertEquals } from "@std/assert";
import { type Box, boxOf, type SvgElement } from "../../lib/plots/svg_boxes.ts";

/** A rectangle of a drawing, with the words in it. */
export interface DrawnBox extends Box {
  readonly classes: readonly string[];
  readonly label: string;
}

/** A line of a drawing through its corners. */
export interface DrawnLine {
  readonly classes: readonly string[];
  readonly dotted: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A line of words and where it is. */
export interface DrawnText extends Box {
  readonly text: string;
}

/** What is read from a drawing, each in the order of the file. */
export interface ReadDrawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly DrawnBox[];
  readonly lines: readonly DrawnLine[];
  /** Words outside boxes. */
  readonly texts: readonly DrawnText[];
  readonly circles: readonly (Box & { readonly sign: "+" | "×" })[];
  readonly root: Element;
}

/** An element of a parsed drawing. */
interface Element extends SvgElement {
  readonly firstElementChild: Element | null;
  readonly nextElementSibling: Element | null;
  readonly parentElement: Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
  querySelector(selector: string): Element | null;
}

const { window } = new JSDOM("");
const parser = new window.DOMParser();

/** Reads a drawing as XML; throws if it is not well-formed. */
export function readDrawing(svg: string): ReadDrawing {
  const root: Element =
    parser.parseFromString(svg, "image/svg+xml").documentElement;
  assertEquals(root.tagName, "svg", root.textContent ?? "");
  const [, , width = NaN, height = NaN] = (root.getAttribute("viewBox") ?? "")
    .split(" ").map(Number);
  assert(width > 0 && height > 0);
  const boxes: DrawnBox[] = [];
  const texts: DrawnText[] = [];
  const lines: DrawnLine[] = [];
  const circles: ReadDrawing["circles"][number][] = [];
  let before: Element | undefined;
  for (const element of elementsOf(root)) {
    const classes = (element.getAttribute("class") ?? "").split(" ");
    const box = boxes.at(-1);
    if (element.tagName === "rect" && classes[0] !== "page") {
      boxes.push({ ...boxOf(element), classes, label: "" });
    } else if (element.tagName === "text") {
      const text = { ...boxOf(element), text: element.textContent ?? "" };
      if (before?.tagName === "rect" && box && isInside(text, box)) {
        boxes[boxes.length - 1] = { ...box, label: text.text };
      } else texts.push(text);
    } else if (element.tagName === "path" && classes.length === 2) {
      lines.push({
        classes,
        dotted: element.getAttribute("stroke-dasharray") !== null,
        points: cornersOf(element.getAttribute("d") ?? ""),
      });
    } else if (element.tagName === "circle") {
      circles.push(circleOf(element));
    }
    before = element;
  }
  return { width, height, boxes, texts, lines, circles, root };
}

/** All elements in one, in the order of the file. */
function* elementsOf(element: Element): Generator<Element> {
  // Much faster in jsdom than to go through its `children`.
  let child = element.firstElementChild;
  for (; child; child = child.nextElementSibling) {
    yield child;
    yield* elementsOf(child);
  }
}

function circleOf(circle: Element): ReadDrawing["circles"][number] {
  const [x = NaN, y = NaN, r = NaN] = ["cx", "cy", "r"].map((name) =>
    Number(circle.getAttribute(name))
  );
  const name = circle.parentElement?.getAttribute("class");
  return {
    left: x - r,
    right: x + r,
    top: y - r,
    bottom: y + r,
    sign: name === "product" ? "×" : "+",
  };
}

/** The points of a path of M, L and Q; a rounded corner is its control point. */
function cornersOf(d: string): [number, number][] {
  return [...d.matchAll(/([MLQ])([^MLQ]*)/g)].map(([, , numbers]) => {
    const [x = NaN, y = NaN] = numbers!.trim().split(" ").map(Number);
    return [x, y];
  });
}

/** Whether a box is in another, with half a pixel for rounding. */
export function isInside(inner: Box, outer: Box): boolean {
  return inner.left >= outer.left - 0.5 && inner.right <= outer.right + 0.5 &&
    inner.top >= outer.top - 0.5 && inner.bottom <= outer.bottom + 0.5;
}

/** Whether two boxes share more than their edges. */
export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom &&
    b.top < a.bottom;
}

/** The boxes of a class. */
export function boxesOf(drawing: ReadDrawing, name: string): DrawnBox[] {
  return drawing.boxes.filter(({ classes }) => classes.includes(name));
}

/** The arcs of shortcuts in a network's drawing. */
export function arcsOf(drawing: ReadDrawing): DrawnLine[] {
  return drawing.lines.filter(({ classes }) => classes[0] === "shortcut");
}

/**
 * What data flows through along `x`, from above, by one letter each: w a
 * weighted layer, p another box, n a normalisation, a an activation, + and ×.
 */
export function flowAlong(
  drawing: ReadDrawing,
  x: number,
): string {
  const letter = ({ classes }: DrawnBox) =>
    classes.includes("normalisation")
      ? "n"
      : classes.includes("activation")
      ? "a"
      : classes.includes("weighted")
      ? "w"
      : "p";
  const parts = [
    ...drawing.boxes.filter(({ classes }) => !classes.includes("key"))
      .map((box) => ({ ...box, letter: letter(box) })),
    ...drawing.circles.map((circle) => ({ ...circle, letter: circle.sign })),
  ];
  return parts.filter(({ left, right }) => Math.abs((left + right) / 2 - x) < 1)
    .sort((a, b) => a.top - b.top).map(({ letter }) => letter).join("");
}
