import type { Checks } from "./checks.ts";
import type { Expected } from "./committed.ts";
import type { CellJson } from "./lab_window.ts";
import { grows, seenLiveCurves } from "./live_curves.ts";
import type { Cell, NotebookPage } from "./notebook_page.ts";

/**
 * How many seconds a cell has to run for its curve to be seen moving: it is
 * drawn each half a second (`LiveFigure`), and the networks have to be built.
 */
const TIME_TO_MOVE = 3;

/** Checks that each cell with code ran, without an error. */
export function checkCells(cells: readonly Cell[], checks: Checks): void {
  const code = cells.filter(({ cell_type }) => cell_type === "code");
  const problems = code.flatMap(({ id, execution_count, outputs = [] }) => {
    const errors = outputs.filter(({ output_type }) => output_type === "error")
      .map(({ ename, evalue }) => `${id}: ${ename}: ${evalue}`);
    if (errors.length > 0) return errors;
    return execution_count ? [] : [`${id}: did not run`];
  });
  checks.claim(`${code.length} cells ran without an error`, problems);
  // The kernel prints what a cell's last expression leaves, such as the length
  // that `push` returns. What is meant to be seen is shown by `show`.
  const left = code.flatMap(({ id, outputs = [] }) =>
    outputs.filter(({ output_type }) => output_type === "execute_result")
      .map(({ data }) => `${id}: ${JSON.stringify(data?.["text/plain"])}`)
  );
  checks.claim("no cell prints a value that it happens to end with", left);
}

/**
 * Checks that the curves of the cells that train moved while they ran.
 *
 * @returns For how many seconds the longest of them ran
 */
export async function checkLiveCurves(
  notebook: NotebookPage,
  cells: readonly Cell[],
  expected: ReadonlyMap<string, Expected>,
  checks: Checks,
): Promise<number> {
  let longest = 0;
  const seen = await seenLiveCurves(notebook.page);
  for (const cell of cells) {
    if (!expected.get(cell.id)?.live) continue;
    const points = seen[cell.index] ?? [];
    const seconds = secondsOf(cell);
    longest = Math.max(longest, seconds);
    const time = `${seconds.toFixed(1)} s`;
    if (seconds < TIME_TO_MOVE) {
      console.log(`        ${cell.id}: trains too quickly to watch, ${time}`);
      continue;
    }
    const words = points.length > 6
      ? [...points.slice(0, 3), "...", ...points.slice(-2)]
      : points;
    checks.claim(
      `${cell.id}: the live curve moves, ${points.length} drawings in ${time}`,
      grows(points) ? [] : [`points: ${words.join(", ") || "none"}`],
    );
  }
  return longest;
}

/** How long a cell ran, as JupyterLab noted it down. */
function secondsOf({ metadata = {} }: CellJson): number {
  const { execution: times = {} } = metadata;
  const from = times["iopub.execute_input"] ?? times["iopub.status.busy"];
  const to = times["shell.execute_reply"] ?? times["iopub.status.idle"];
  if (from === undefined || to === undefined) return Infinity;
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
