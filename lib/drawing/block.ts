import { line, type Mark, moved, words } from "./marks.ts";
import { widthOf } from "./text_width.ts";

/**
 * A part of a drawing through which data flows down along `x = 0`, from
 * `y = 0` to `y = height`.
 */
export interface Block {
  /** How far it reaches to the left of the flow. */
  readonly left: number;
  /** How far it reaches to the right of the flow. */
  readonly right: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  /** What the flow comes to first. */
  readonly top: Edge;
  /** What the flow leaves last. */
  readonly bottom: Edge;
}

/** What a block begins or ends with; a line is where ways part. */
export type Edge = "box" | "bar" | "line" | "circle";

/** Sizes of a drawing's parts in pixels. */
export interface Metrics {
  /** Length of the arrow from a box to the next. */
  readonly gap: number;
  /** Length of the line before ways part. */
  readonly lead: number;
  /** Height of a box. */
  readonly box: number;
  /** Size of the letters in boxes. */
  readonly font: number;
  /** Size of the letters beside boxes. */
  readonly smallFont: number;
  /** Radius of a circle in which ways meet. */
  readonly radius: number;
  /** Room between a way and the next. */
  readonly aisle: number;
}

/** Room between a box and a bar that belongs to it. */
const BAR_GAP = 2;

/** No layers: the flow goes on. */
export const NOTHING: Block = {
  left: 0,
  right: 0,
  height: 0,
  marks: [],
  top: "line",
  bottom: "line",
};

/** Whether a block has something to draw. */
export function isSomething(block: Block): boolean {
  return block.marks.length > 0;
}

/** Blocks below each other, joined by arrows. */
export function stack(blocks: readonly Block[], metrics: Metrics): Block {
  const some = blocks.filter(isSomething);
  const [first, last] = [some[0], some.at(-1)];
  if (first === undefined || last === undefined) return NOTHING;
  const marks: Mark[] = [];
  let above: Block | undefined;
  let height = 0;
  for (const block of some) {
    if (above) {
      const gap = gapBetween(above, block, metrics);
      if (gap > BAR_GAP) marks.push(flowInto(block, height, height + gap));
      height += gap;
    }
    marks.push(...moved(block.marks, 0, height));
    height += block.height;
    above = block;
  }
  return {
    left: Math.max(...some.map(({ left }) => left)),
    right: Math.max(...some.map(({ right }) => right)),
    height,
    marks,
    top: first.top,
    bottom: last.bottom,
  };
}

/** Room between a block and the next. */
function gapBetween(
  above: Block,
  below: Block,
  { gap, lead }: Metrics,
): number {
  const afterBox = above.bottom === "box" || above.bottom === "bar";
  if (below.top === "bar" && afterBox) return BAR_GAP;
  return below.top === "line" ? lead : gap;
}

/** The flow down to a block: an arrow, or a line to where ways part. */
export function flowInto(block: Block, from: number, to: number, x = 0): Mark {
  return line([[x, from], [x, to]], { arrow: block.top !== "line" });
}

/** A block that stands for several, with a bracket and their number. */
export function repeated(
  block: Block,
  times: number,
  tip: string,
  { font }: Metrics,
): Block {
  const x = block.right + 12;
  const text = `× ${times}`;
  const size = font + 1;
  const middle = block.height / 2;
  return {
    ...block,
    right: x + 7 + widthOf(text, size, true),
    marks: [
      ...block.marks,
      line(
        [[x - 5, 0], [x, 0], [x, block.height], [x - 5, block.height]],
        { role: "bracket", look: "quiet" },
      ),
      words(text, [x + 7, middle + 0.36 * size], size, { bold: true, tip }),
    ],
  };
}
