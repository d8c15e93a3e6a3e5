import { join } from "@std/path";
import type { NotebookPage } from "./notebook_page.ts";

/** As much of an element as is needed here. */
interface PageElement {
  scrollTop: number;
  readonly clientHeight: number;
  readonly scrollHeight: number;
}

/**
 * Takes pictures of a whole notebook, one for each page-full, in files such as
 * `02_degradation-dark-03.png`.
 *
 * @param folder Where the pictures go
 * @param name What their names begin with
 */
export async function takeScreenshots(
  notebook: NotebookPage,
  folder: string,
  name: string,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const { page } = notebook;
  await page.mouse.move(2, 2); // no label of a figure in the picture
  await notebook.scrollTo(0);
  const outer = page.locator(".jp-WindowedPanel-outer").first();
  for (let number = 1;; number++) {
    await page.waitForTimeout(400);
    const path = join(folder, `${name}-${String(number).padStart(2, "0")}.png`);
    await outer.screenshot({ path });
    const more = await outer.evaluate((element) => {
      const box = element as unknown as PageElement;
      const before = box.scrollTop;
      box.scrollTop += box.clientHeight - 40;
      return box.scrollTop > before + 1;
    });
    if (!more) return;
  }
}
