import type { Concatenation } from "../networks/layer.ts";
import { outputShape } from "../networks/shape.ts";
import { type Block, isSomething, type Metrics } from "./block.ts";
import { line, type Mark, moved } from "./marks.ts";
import type { At } from "./manner.ts";

/** Branches side by side that part from one flow and are joined in a box. */
export function concatenated(
  layer: Concatenation,
  branches: readonly Block[],
  at: At,
  metrics: Metrics,
): Block {
  const { gap, lead, aisle, box, font } = metrics;
  const widths = branches.map(({ left, right }) => left + right);
  const width = widths.reduce((sum, width) => sum + width + aisle, -aisle);
  const half = Math.max(width / 2, 2.6 * box);
  const top = lead + gap;
  const bottom = top + Math.max(...branches.map(({ height }) => height));
  const marks: Mark[] = [];
  let edge = -width / 2;
  for (const [i, branch] of branches.entries()) {
    const x = edge + branch.left;
    edge += (widths[i] ?? 0) + aisle;
    const end = bottom + gap;
    if (!isSomething(branch)) {
      marks.push(line([[0, 0], [0, lead], [x, lead], [x, end]], ARROW));
      continue;
    }
    marks.push(
      line([[0, 0], [0, lead], [x, lead], [x, top]], {
        arrow: branch.top !== "line",
      }),
      ...moved(branch.marks, x, top),
      line([[x, top + branch.height], [x, end]], ARROW),
    );
  }
  const channels = outputShape(layer, at.input).at(-1);
  marks.push({
    mark: "box",
    role: "join",
    look: "neutral",
    x: -half,
    y: bottom + gap,
    width: 2 * half,
    height: box,
    label: { text: `concat, ${channels}`, size: font },
    tip: at.path,
  });
  return {
    left: half,
    right: half,
    height: bottom + gap + box,
    marks,
    top: "line",
    bottom: "box",
  };
}

const ARROW = { arrow: true } as const;
