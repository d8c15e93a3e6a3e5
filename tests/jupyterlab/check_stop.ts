import { delay } from "@std/async/delay";
import type { Checks } from "./checks.ts";
import { type Expected, pointsOf } from "./committed.ts";
import { grows, seenLiveCurves, watchLiveCurves } from "./live_curves.ts";
import type { NotebookPage } from "./notebook_page.ts";

/** How soon a cell has to end once Stop was pressed, in milliseconds. */
const SOON = 8000;

/** What a cell says that needs a run which was stopped (`finalOf`). */
const MISSING = "run the cell that trains it (again, if it was stopped)";

/** How long it may take until the curve moves. */
const FIRST_STEPS = 180_000;

/**
 * Checks the button that interrupts the kernel, in the first cell that trains:
 * pressed when the curve has moved, it ends the cell soon, the curve so far
 * stays, and the next cell runs.
 */
export async function checkStop(
  notebook: NotebookPage,
  expected: ReadonlyMap<string, Expected>,
  checks: Checks,
): Promise<void> {
  const cells = await notebook.cells();
  const training = cells.find(({ id }) => expected.get(id)?.live);
  if (training === undefined) return;
  const whole = expected.get(training.id)!.points;
  const { index, id } = training;
  await watchLiveCurves(notebook.page);
  await notebook.runAll();
  const moving = await within(FIRST_STEPS, async () => {
    const seen = (await seenLiveCurves(notebook.page))[index] ?? [];
    return grows(sinceDrop(seen));
  }, () => notebook.scrollTo(index));
  const pressed = Date.now();
  await notebook.pressStop();
  const ended = await within(
    SOON,
    async () => !(await notebook.cells())[index]!.running,
  );
  const took = ((Date.now() - pressed) / 1000).toFixed(1);
  checks.claim(
    `Stop ends ${id} in ${took} s`,
    !moving
      ? ["the curve did not move before"]
      : ended
      ? []
      : ["the cell still runs"],
  );
  const next = cells.findIndex((cell, i) =>
    i > index && cell.cell_type === "code"
  );
  await within(SOON, async () => {
    const now = (await notebook.cells())[next];
    return now !== undefined && !now.running;
  });
  const after = await notebook.cells();
  const partial = pointsOf(after[index]!);
  checks.claim(
    `the curve so far stays: ${partial} of ${whole} points`,
    partial > 0 && partial < whole ? [] : [`found ${partial} points`],
  );
  const { id: name, execution_count, outputs = [] } = after[next]!;
  const error = outputs.find(({ output_type }) => output_type === "error");
  // Of a network that Stop skipped it cannot speak, and says so.
  const missing = error?.evalue?.includes(MISSING) === true;
  checks.claim(
    `the next cell, ${name}, ${missing ? "says which run it misses" : "runs"}`,
    error && !missing
      ? [`${error.ename}: ${error.evalue}`]
      : execution_count
      ? []
      : ["it did not run"],
  );
}

/** What was drawn since the committed figure, which may be drawn anew first. */
function sinceDrop(points: readonly number[]): readonly number[] {
  const drop = points.findLastIndex((count, i) => count < (points[i - 1] ?? 0));
  return points.slice(Math.max(drop, 0));
}

/** Whether something comes true in time. */
async function within(
  limit: number,
  happened: () => Promise<boolean>,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<boolean> {
  const deadline = Date.now() + limit;
  while (Date.now() < deadline) {
    if (await happened()) return true;
    await meanwhile();
    await delay(200);
  }
  return false;
}
