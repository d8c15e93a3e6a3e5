import { assert } from "@std/assert";
import type { Box } from "../../lib/plots/svg_boxes.ts";
import { isInside, overlap, readDrawing } from "./read_drawing.ts";

/** Smallest letters that can be read, in pixels; indices are smaller. */
const SMALLEST = 10;

/**
 * Whether a drawing can be read: all of it is in the view box, no two of its
 * boxes, circles and words overlap, words in boxes fit, no line runs through a
 * box or words, and no letters are too small.
 */
export function assertReadable(svg: string): void {
  const drawing = readDrawing(svg);
  const { boxes, texts, circles, lines, width, height, root } = drawing;
  const page = { left: 0, top: 0, right: width, bottom: height };
  const parts: (Box & { readonly name: string })[] = [
    ...boxes.map((box) => ({ ...box, name: `box "${box.label}"` })),
    ...circles.map((circle) => ({ ...circle, name: `circle ${circle.sign}` })),
    // Of letters the middle: few reach up or down to the ends of a line.
    ...texts.map((text) => ({
      ...text,
      top: text.top + 0.2 * (text.bottom - text.top),
      bottom: text.bottom - 0.2 * (text.bottom - text.top),
      name: `words "${text.text}"`,
    })),
  ];
  for (const [i, a] of parts.entries()) {
    assert(isInside(a, page), `${a.name} leaves the page`);
    for (const b of parts.slice(i + 1)) {
      assert(!overlap(a, b), `${a.name} and ${b.name} overlap`);
    }
    for (const { points, classes } of lines) {
      // The product of a shortcut and its gate is drawn on the shortcut.
      if (a.name === "circle ×" && classes[0] === "shortcut") continue;
      // A line may end at an edge, not beyond.
      const inner = {
        left: a.left + 1.5,
        right: a.right - 1.5,
        top: a.top + 1.5,
        bottom: a.bottom - 1.5,
      };
      for (const [k, [x1, y1]] of points.entries()) {
        const [x0, y0] = points[k - 1] ?? [x1, y1];
        const segment = {
          left: Math.min(x0, x1),
          right: Math.max(x0, x1),
          top: Math.min(y0, y1),
          bottom: Math.max(y0, y1),
        };
        assert(
          !touches(segment, inner),
          `a line (${classes.join(" ")}) runs through ${a.name}`,
        );
      }
    }
  }
  for (const text of root.querySelectorAll("text")) {
    assert(Number(text.getAttribute("font-size")) >= SMALLEST);
  }
  for (const box of boxes) {
    const silent = ["bar", "key"].some((name) => box.classes.includes(name));
    assert(silent || box.label !== "", "the words of a box do not fit in it");
  }
}

/** As {@linkcode overlap}, for segments, which have no width or no height. */
function touches(segment: Box, box: Box): boolean {
  return segment.left <= box.right && box.left <= segment.right &&
    segment.top <= box.bottom && box.top <= segment.bottom;
}
