import type { Locator } from "playwright-core";
import type { Checks } from "./checks.ts";
import { type Expected, figuresOf } from "./committed.ts";
import { useControls } from "./controls.ts";
import { drawingProblems, figuresIn, hoverOver, lookAt } from "./figures.ts";
import type { Cell, NotebookPage } from "./notebook_page.ts";

/** What speaks against the figures of a notebook. */
interface Problems {
  readonly drawing: string[];
  readonly clipped: string[];
  readonly hover: string[];
  readonly controls: string[];
}

/** How long JupyterLab may take to draw a figure that comes into view. */
const DRAWING = 10_000;

/** Checks the figures: that they are drawn, speak, and do as they are told. */
export async function checkFigures(
  notebook: NotebookPage,
  cells: readonly Cell[],
  expected: ReadonlyMap<string, Expected>,
  checks: Checks,
): Promise<void> {
  const problems: Problems = {
    drawing: [],
    clipped: [],
    hover: [],
    controls: [],
  };
  let count = 0;
  let controls = 0;
  for (const cell of cells) {
    const due = Math.max(
      expected.get(cell.id)?.figures ?? 0,
      figuresOf(cell),
    );
    if (due === 0) continue;
    await notebook.scrollTo(cell.index);
    const figures = figuresIn(notebook.at(cell.index));
    await figures.nth(due - 1).waitFor({ timeout: DRAWING }).catch(() => {});
    const there = await figures.count();
    if (there < due) {
      problems.drawing.push(`${cell.id}: ${there} of ${due} figures`);
    }
    for (let i = 0; i < there; i++) {
      const name = `${cell.id}, figure ${i + 1}`;
      controls += await tryFigure(notebook, figures.nth(i), name, problems);
    }
    count += there;
  }
  checks.claim(`${count} figures are drawn, none is empty`, problems.drawing);
  checks.claim("no words reach beyond their figure", problems.clipped);
  checks.claim(
    "hovering over each panel's data shows a label with a value",
    problems.hover,
  );
  if (controls === 0) return;
  checks.claim(
    `${controls} positions of controls change their figures`,
    problems.controls,
  );
}

/**
 * Looks at a figure, and uses the mouse on it.
 *
 * @returns How many positions its controls have
 */
async function tryFigure(
  { page }: NotebookPage,
  figure: Locator,
  name: string,
  problems: Problems,
): Promise<number> {
  await figure.evaluate((element) =>
    (element as unknown as { scrollIntoView(options: object): void })
      .scrollIntoView({ block: "center" })
  );
  await page.waitForTimeout(300);
  const look = await lookAt(figure);
  const named = (words: string) => `${name}: ${words}`;
  problems.drawing.push(...drawingProblems(look).map(named));
  problems.clipped.push(...look.clipped.map(named));
  for (const panel of look.panels) {
    if (panel.traces === 0) continue;
    if (await hoverOver(page, figure, panel) === undefined) {
      problems.hover.push(named(`no label in panel ${panel.name}`));
    }
  }
  const controls = await useControls(figure);
  problems.controls.push(...controls.problems.map(named));
  return controls.used;
}
