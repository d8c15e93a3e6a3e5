import type { Locator } from "playwright-core";
import type { Checks } from "./checks.ts";
import type { Cell, NotebookPage } from "./notebook_page.ts";

/** As much of an element as is needed here. */
interface PageElement {
  querySelectorAll(selector: string): Iterable<PageElement>;
  readonly textContent: string;
  readonly complete?: boolean;
  readonly naturalWidth?: number;
  getAttribute(name: string): string | null;
  cloneNode(deep: boolean): PageElement;
  remove(): void;
  readonly scrollWidth: number;
  readonly clientWidth: number;
}

/**
 * Formulas that are not understood or not set, pictures that miss, and outputs
 * that a reader would have to scroll sideways.
 */
async function brokenParts(cell: Locator): Promise<string[]> {
  return await cell.evaluate((element) => {
    const cell = element as unknown as PageElement;
    const formulas = [
      ...cell.querySelectorAll("mjx-merror, [data-mjx-error]"),
    ].map(({ textContent }) => `the formula ${textContent}`);
    // The bar above a figure has pictures without an address.
    const pictures = [...cell.querySelectorAll("img[src]")]
      .filter(({ complete, naturalWidth }) => complete && naturalWidth === 0)
      .map((image) => `the picture ${image.getAttribute("src")?.slice(0, 80)}`);
    const words = [
      ...cell.querySelectorAll(".jp-RenderedMarkdown, .jp-RenderedLatex"),
    ].flatMap((part) => {
      const copy = part.cloneNode(true);
      for (const code of copy.querySelectorAll("pre, code, mjx-container")) {
        code.remove();
      }
      return copy.textContent.match(/\$[^$\n]*[\\^_][^$\n]*\$/g) ?? [];
    }).map((formula) => `not set: ${formula}`);
    const wide = [...cell.querySelectorAll(".jp-OutputArea-output")]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map(({ scrollWidth, clientWidth }) =>
        `an output is ${scrollWidth} pixels wide on ${clientWidth}`
      );
    return [...formulas, ...pictures, ...words, ...wide];
  });
}

/** Checks the formulas, pictures and widths of a whole notebook. */
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
  checks.claim("formulas and pictures are drawn, outputs fit", problems);
}
