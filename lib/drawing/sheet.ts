import { bandsOf } from "./bands.ts";
import { type Block, flowInto, isSomething } from "./block.ts";
import { type Column, drawEntries } from "./column.ts";
import { drawKey } from "./key.ts";
import { line, type Mark, moved, words } from "./marks.ts";
import { widthOf } from "./text_width.ts";
import { hueOf } from "./theme.ts";

/** Columns side by side, before they are written. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** Room at a sheet's edges. */
const MARGIN = 16;

/** Room between one output size and the next. */
const BAND_GAP = 30;

/** Room between columns. */
const COLUMN_GAP = 30;

const SIZE_FONT = 11;

/**
 * Columns side by side (R15 Fig. 3): what has the same output size stands at
 * the same height, and its size on the left.
 */
export function sheetOf(columns: readonly Column[]): Sheet {
  const bands = bandsOf(columns.map(({ runs }) => runs)).map((band, i) => ({
    label: `output size: ${band.size}`,
    blocks: band.columns.map((entries) => drawEntries(entries, hueOf(i))),
  }));
  const labels = Math.max(
    ...bands.map(({ label }) => widthOf(label, SIZE_FONT)),
  );
  const flows = flowsOf(
    columns,
    bands.map(({ blocks }) => blocks),
    MARGIN + labels + COLUMN_GAP,
  );
  const headingHeight = Math.max(
    ...columns.map(({ heading }) => heading.height),
  );
  const marks: Mark[] = columns.flatMap(({ heading }, i) =>
    moved(heading.marks, flows.at[i] ?? 0, MARGIN)
  );
  const right = flows.right;
  /** Where the flow of each column has come to. */
  const ends = columns.map((): [above: Block | undefined, y: number] => [
    undefined,
    0,
  ]);
  let y = MARGIN + headingHeight + 10;
  for (const [i, { label, blocks }] of bands.entries()) {
    if (i > 0) {
      const rule = y - BAND_GAP / 2;
      marks.push(
        line([[MARGIN, rule], [right, rule]], { role: "rule", look: "rule" }),
      );
    }
    marks.push(words(label, [MARGIN, y + 14], SIZE_FONT));
    for (const [c, block] of blocks.entries()) {
      if (!isSomething(block)) continue;
      const x = flows.at[c] ?? 0;
      const [above, end] = ends[c] ?? [undefined, 0];
      if (above) marks.push(flowInto(block, end, y, x));
      marks.push(...moved(block.marks, x, y));
      ends[c] = [block, y + block.height];
    }
    y += Math.max(...blocks.map(({ height }) => height)) + BAND_GAP;
  }
  const key = drawKey(columns.map(({ network }) => network), marks, {
    x: MARGIN,
    y: y - BAND_GAP / 2 + 4,
    width: right - MARGIN,
  });
  return {
    width: right + MARGIN,
    height: key.bottom + MARGIN,
    marks: [...ruleFirst(marks), ...key.marks],
  };
}

/** Where each column's flow is, and where the last column ends. */
function flowsOf(
  columns: readonly Column[],
  bands: readonly (readonly Block[])[],
  start: number,
): { readonly at: readonly number[]; readonly right: number } {
  const at: number[] = [];
  let edge = start;
  for (const [c, { heading }] of columns.entries()) {
    const blocks = bands.flatMap((blocks) => blocks[c] ?? []);
    const reach = (side: "left" | "right") =>
      Math.max(heading.width / 2, ...blocks.map((block) => block[side]));
    at.push(edge + reach("left"));
    edge += reach("left") + reach("right") + COLUMN_GAP;
  }
  return { at, right: edge - COLUMN_GAP };
}

/** Rules lie below all else. */
function ruleFirst(marks: readonly Mark[]): Mark[] {
  const isRule = (mark: Mark) => mark.mark === "line" && mark.role === "rule";
  return [
    ...marks.filter(isRule),
    ...marks.filter((mark) => !isRule(mark)),
  ];
}
