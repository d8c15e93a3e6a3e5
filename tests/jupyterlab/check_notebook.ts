import { figuresIn } from "./figures.ts";
import { drawingProblems, hoverOver, lookAt } from "./figures.ts";
import type { Checks } from "./checks.ts";
import { type Expected, figuresOf } from "./committed.ts";
import { useControls } from "./controls.ts";
import { grows, seenLiveCurves } from "./live_curves.ts";
import type { Cell, NotebookPage } from "./notebook_page.ts";
import { brokenParts } from "./prose.ts";

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
}

/** Checks that the curves of the cells that train moved while they ran. */
export async function checkLiveCurves(
  notebook: NotebookPage,
  cells: readonly Cell[],
  expected: ReadonlyMap<string, Expected>,
  checks: Checks,
): Promise<void> {
  const seen = await seenLiveCurves(notebook.page);
  for (const { id, index } of cells) {
    if (!expected.get(id)?.live) continue;
    const points = seen[index] ?? [];
    const words = points.length > 6
      ? [...points.slice(0, 3), "...", ...points.slice(-2)]
      : points;
    checks.claim(
      `${id}: the live curve moves, ${points.length} drawings`,
      grows(points) ? [] : [`points: ${words.join(", ") || "none"}`],
    );
  }
}

/** Checks the figures: that they are drawn, speak, and do as they are told. */
export async function checkFigures(
  notebook: NotebookPage,
  cells: readonly Cell[],
  expected: ReadonlyMap<string, Expected>,
  checks: Checks,
): Promise<void> {
  const drawing: string[] = [];
  const hover: string[] = [];
  const clipped: string[] = [];
  let controls = 0;
  let count = 0;
  const controlProblems: string[] = [];
  for (const cell of cells) {
    const due = expected.get(cell.id)?.figures ?? 0;
    if (due === 0 && figuresOf(cell) === 0) continue;
    await notebook.scrollTo(cell.index);
    const figures = figuresIn(notebook.at(cell.index));
    await figures.first().waitFor({ timeout: 10_000 }).catch(() => {});
    const there = await figures.count();
    if (there < due) drawing.push(`${cell.id}: ${there} of ${due} figures`);
    for (let i = 0; i < there; i++) {
      count++;
      const figure = figures.nth(i);
      const name = `${cell.id}, figure ${i + 1}`;
      await figure.evaluate((element) =>
        (element as unknown as { scrollIntoView(o: object): void })
          .scrollIntoView({ block: "center" })
      );
      await notebook.page.waitForTimeout(300);
      const look = await lookAt(figure);
      drawing.push(...drawingProblems(look).map((one) => `${name}: ${one}`));
      clipped.push(...look.clipped.map((words) => `${name}: ${words}`));
      for (const panel of look.panels) {
        if (panel.traces === 0) continue;
        const label = await hoverOver(notebook.page, figure, panel);
        if (label === undefined) {
          hover.push(`${name}: no label in panel ${panel.name}`);
        }
      }
      const { used, problems } = await useControls(figure);
      controls += used;
      controlProblems.push(...problems.map((one) => `${name}: ${one}`));
    }
  }
  checks.claim(`${count} figures are drawn, none is empty`, drawing);
  if (count === 0) return;
  checks.claim("hovering over each panel shows a label with a value", hover);
  checks.claim("no words reach beyond their figure", clipped);
  if (controls > 0) {
    checks.claim(
      `${controls} positions of sliders and buttons change their figures`,
      controlProblems,
    );
  }
}

/** Checks the formulas and pictures of the whole notebook. */
export async function checkProse(
  notebook: NotebookPage,
  cells: readonly Cell[],
  checks: Checks,
): Promise<void> {
  const problems: string[] = [];
  for (const { index, id } of cells) {
    await notebook.scrollTo(index);
    const broken = await brokenParts(notebook.at(index));
    problems.push(...broken.map((one) => `${id}: ${one}`));
  }
  checks.claim("formulas and pictures are drawn", problems);
}
