import type { Page } from "playwright-core";

/** As much of an element as is needed here. */
interface PageElement {
  readonly dataset: Record<string, string>;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  closest(selector: string): PageElement | null;
  readonly innerHTML: string;
}

/** What is kept in the page. */
interface LiveWindow {
  readonly document: PageElement;
  liveCurves?: Record<string, number[]>;
  setInterval(work: () => void, milliseconds: number): void;
}

/**
 * Looks at the drawings below the cells ten times a second from now on, in the
 * page itself, and keeps how many points their lines have: those of an output
 * that is drawn anew grow. A drawing is a picture of SVG, whose lines are paths
 * with round ends (`lightSvg`).
 */
export async function watchLiveCurves(page: Page): Promise<void> {
  await page.evaluate(() => {
    const window = globalThis as unknown as LiveWindow;
    const kept: Record<string, number[]> = window.liveCurves = {};
    const textOf = (drawing: PageElement) => {
      const address = drawing.getAttribute("src");
      return address === null
        ? drawing.innerHTML
        : decodeURIComponent(address.slice(address.indexOf(",") + 1));
    };
    const look = () => {
      const drawings = window.document.querySelectorAll(
        ".jp-RenderedSVG img, .jp-RenderedSVG > svg",
      );
      const cells = [
        ...window.document.querySelectorAll(".jp-Notebook .jp-Cell"),
      ];
      for (const drawing of drawings) {
        const place = cells.indexOf(drawing.closest(".jp-Cell")!);
        const paths = textOf(drawing).match(
          /<path d="[^"]*" stroke-linecap="round"/g,
        );
        if (!paths) continue;
        const points = paths.reduce(
          (sum, path) => sum + (path.match(/[ML]/g)?.length ?? 0),
          0,
        );
        const of = kept[place] ??= [];
        if (of.at(-1) !== points) of.push(points);
      }
    };
    window.setInterval(look, 100);
  });
}

/**
 * How many points the live figures had, from drawing to drawing, by their
 * cells' places in the notebook.
 */
export async function seenLiveCurves(
  page: Page,
): Promise<Record<number, number[]>> {
  return await page.evaluate(() =>
    (globalThis as unknown as LiveWindow).liveCurves ?? {}
  );
}

/** Whether the number of points grew from each drawing to the next. */
export function grows(points: readonly number[]): boolean {
  return points.length > 1 &&
    points.every((count, i) => i === 0 || count > points[i - 1]!);
}
