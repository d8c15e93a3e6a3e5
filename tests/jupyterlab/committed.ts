import { PLOTLY_MIME } from "../../lib/plots/figure.ts";
import type { CellJson } from "./lab_window.ts";

/** A call in a cell's source that draws a live curve (`liveFigure`). */
const LIVE = /\b(compareNetworks|recordLayers|firstSteps)\(/;

/** What a cell has to show when it has run, by the committed notebook. */
export interface Expected {
  /** How many figures. */
  readonly figures: number;
  /** Whether a curve grows while it runs. */
  readonly live: boolean;
  /** How many points the lines of its figures have. */
  readonly points: number;
}

/**
 * What each cell of a committed notebook has to show, by the cell's name. A
 * cell that trains only once the reader has filled it in has no figure yet.
 */
export async function readExpected(
  path: string,
): Promise<Map<string, Expected>> {
  const { cells }: { cells: CellJson[] } = JSON.parse(
    await Deno.readTextFile(path),
  );
  return new Map(cells.map((cell) => {
    const figures = figuresOf(cell);
    const live = figures > 0 && LIVE.test([cell.source].flat().join(""));
    return [cell.id, { figures, live, points: pointsOf(cell) }];
  }));
}

/** How many of a cell's outputs are figures. */
export function figuresOf({ outputs = [] }: CellJson): number {
  return outputs.filter(({ data }) => data && PLOTLY_MIME in data).length;
}

/** How many points the lines of a cell's figures have. */
export function pointsOf({ outputs = [] }: CellJson): number {
  const figures = outputs.flatMap(({ data }) => data?.[PLOTLY_MIME] ?? []) as {
    data: { y?: unknown[] }[];
  }[];
  return figures.flatMap(({ data }) => data)
    .reduce((sum, { y = [] }) => sum + y.length, 0);
}
