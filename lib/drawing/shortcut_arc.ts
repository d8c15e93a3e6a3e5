import { type Block, flowInto, isSomething, type Metrics } from "./block.ts";
import { line, type Mark, moved, type Point, words } from "./marks.ts";
import { widthOf } from "./text_width.ts";

/** A shortcut beside layers. */
export interface Arc {
  readonly metrics: Metrics;
  /** Whether its output differs in shape from its input. */
  readonly changes: boolean;
  /** What stands beside it, line by line. */
  readonly notes: readonly string[];
  /** Which ways a gate multiplies. */
  readonly gates: "none" | "shortcut" | "both";
  readonly tip: string;
}

/** From layers to the arc beside them. */
const ROOM = 14;

/**
 * Layers with a shortcut as an arc on their right (R15 Fig. 3): solid, or
 * dotted where dimensions change.
 */
export function besideArc(body: Block, arc: Arc): Block {
  const { metrics: { gap, lead, radius }, gates } = arc;
  const top = isSomething(body) ? lead + gap : lead;
  const end = top + body.height;
  const product = end + gap + radius;
  const sum = gates === "both" ? product + radius + gap + radius : product;
  const x = Math.max(body.right, radius) + ROOM;
  const notes = notesBeside(arc, [x, (lead + sum) / 2]);
  return {
    left: Math.max(body.left, gates === "both" ? 4 * radius : radius),
    right: notes.right,
    height: sum + radius,
    marks: [
      line([[0, 0], [0, lead]]),
      ...isSomething(body) ? [flowInto(body, lead, top)] : [],
      ...moved(body.marks, 0, top),
      line([[0, end], [0, product - radius]], { arrow: true }),
      ...gates === "both" ? gatedBody(product, arc.metrics) : [],
      line([[0, lead], [x, lead], [x, sum], [radius, sum]], {
        role: "shortcut",
        arrow: true,
        dotted: arc.changes,
      }),
      { mark: "circle", sign: "+", x: 0, y: sum, radius },
      ...notes.marks,
    ],
    top: "line",
    bottom: "circle",
  };
}

/** The product of a body and its gate. */
function gatedBody(y: number, { gap, radius, smallFont }: Metrics): Mark[] {
  const start = -radius - gap;
  return [
    { mark: "circle", sign: "×", x: 0, y, radius },
    line([[start, y], [-radius, y]], { arrow: true }),
    words("g", [start - 3, y + 0.3 * smallFont], smallFont, {
      anchor: "end",
      italic: true,
    }),
    line([[0, y + radius], [0, y + radius + gap]], { arrow: true }),
  ];
}

function notesBeside(
  { notes, gates, tip, metrics: { smallFont, radius } }: Arc,
  [x, middle]: Point,
): { readonly right: number; readonly marks: readonly Mark[] } {
  const circle: Mark[] = gates === "none"
    ? []
    : [{ mark: "circle", sign: "×", x, y: middle, radius }];
  if (notes.length === 0) return { right: x + 4, marks: circle };
  const start = x + (gates === "none" ? 6 : radius + 5);
  const step = 1.3 * smallFont;
  // Beside a product the first note says what with.
  const first = gates === "none"
    ? middle - step * (notes.length - 1) / 2
    : middle;
  const widths = notes.map((note) => widthOf(note, smallFont));
  return {
    right: start + Math.max(...widths),
    marks: [
      ...circle,
      ...notes.map((note, i) =>
        words(note, [start, first + i * step + 0.36 * smallFont], smallFont, {
          look: "muted",
          tip,
        })
      ),
    ],
  };
}
