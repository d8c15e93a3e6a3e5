import { delay } from "@std/async/delay";
import type { Locator } from "playwright-core";
import { drawingProblems, lookAt } from "./figures.ts";

/** As much of an element as is needed here. */
interface PageElement {
  querySelectorAll(selector: string): Iterable<PageElement>;
  readonly outerHTML: string;
}

/** An element that plotly drew in. */
interface PlotlyElement {
  readonly _fullLayout: {
    readonly sliders?: readonly { readonly active: number }[];
    readonly updatemenus?: readonly { readonly active: number }[];
  };
}

/** What a figure shows: panels and titles, without its controls. */
async function shown(figure: Locator): Promise<string> {
  return await figure.evaluate((element) => {
    const plot = element as unknown as PageElement;
    const parts = plot.querySelectorAll(
      ".cartesianlayer, .g-gtitle, .annotation, .shapelayer",
    );
    return [...parts].map(({ outerHTML }) => outerHTML).join("\n");
  });
}

/** How long a figure has to change after a control was used. */
const SOON = 2000;

/** Whether a figure changes after a control was used. */
async function changes(
  figure: Locator,
  use: () => Promise<void>,
): Promise<boolean> {
  const before = await shown(figure);
  await use();
  const deadline = Date.now() + SOON;
  while (Date.now() < deadline) {
    await delay(100);
    if (await shown(figure) !== before) return true;
  }
  return false;
}

/**
 * Uses each control of a figure with the mouse: a slider at each of its
 * positions, and each button, what is chosen at the beginning as the last.
 *
 * @returns What was used, and what speaks against its working
 */
export async function useControls(
  figure: Locator,
): Promise<{ used: number; problems: string[] }> {
  const active = await figure.evaluate((element) => {
    const { _fullLayout: { sliders = [], updatemenus = [] } } =
      element as unknown as PlotlyElement;
    return {
      sliders: sliders.map(({ active }) => active),
      menus: updatemenus.map(({ active }) => active),
    };
  });
  const uses: { name: string; use: () => Promise<void> }[] = [];
  for (const [i, at] of active.sliders.entries()) {
    const slider = figure.locator(".slider-group").nth(i);
    const steps = await slider.locator(".slider-tick-rect").count();
    for (const step of lastly(at, steps)) {
      uses.push({
        name: `slider ${i + 1}, position ${step + 1} of ${steps}`,
        use: () => moveSlider(slider, step),
      });
    }
  }
  if (active.menus.length > 0) {
    const buttons = figure.locator(".updatemenu-button");
    for (const at of lastly(active.menus[0]!, await buttons.count())) {
      uses.push({
        name: `button ${at + 1}`,
        use: () => buttons.nth(at).click({ force: true }),
      });
    }
  }
  const problems: string[] = [];
  for (const { name, use } of uses) {
    if (!await changes(figure, use)) problems.push(`${name} shows nothing new`);
    const look = drawingProblems(await lookAt(figure));
    problems.push(...look.map((problem) => `${name}: ${problem}`));
  }
  return { used: uses.length, problems };
}

/** The numbers below a count from above, one of them as the last. */
function lastly(last: number, count: number): number[] {
  const others = Array.from({ length: count }, (_, i) => count - 1 - i)
    .filter((i) => i !== last);
  return [...others, last];
}

/** Presses the rail of a slider where a position is. */
async function moveSlider(slider: Locator, step: number): Promise<void> {
  const rail = slider.locator(".slider-rail-touch-rect");
  const tick = await slider.locator(".slider-tick-rect").nth(step)
    .boundingBox();
  const box = await rail.boundingBox();
  if (!tick || !box) throw new Error("Expected the slider to be in view");
  const x = tick.x + tick.width / 2 - box.x;
  await rail.click({
    position: {
      x: Math.min(Math.max(x, 1), box.width - 1),
      y: box.height / 2,
    },
    force: true,
  });
}
