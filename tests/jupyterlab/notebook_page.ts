import { delay } from "@std/async/delay";
import type { Locator, Page } from "playwright-core";
import type { CellJson, LabWindow } from "./lab_window.ts";

/** A cell of an open notebook. */
export interface Cell extends CellJson {
  /** Its place in the notebook, from 0. */
  readonly index: number;
  /** Whether it runs, or waits for its turn. */
  readonly running: boolean;
}

/** How long a notebook may take to open, in milliseconds. */
const OPEN = 90_000;

/** How often an open notebook is looked at. */
const EVERY = 300;

/** A notebook that is open in JupyterLab. */
export class NotebookPage {
  /** The page that it is in. */
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens a notebook, and waits until its kernel is ready. */
  static async open(
    page: Page,
    address: string,
    path: string,
  ): Promise<NotebookPage> {
    await page.goto(address, { timeout: OPEN });
    await page.waitForFunction(
      (path) => {
        const { jupyterapp } = globalThis as unknown as LabWindow;
        const panel = jupyterapp?.shell.currentWidget;
        return panel?.context?.path === path && panel.context.isReady &&
          panel.sessionContext.session?.kernel?.status === "idle";
      },
      path,
      { timeout: OPEN },
    );
    const notebook = new NotebookPage(page);
    // More room for the notebook: the reader's file browser goes.
    await page.evaluate(() => {
      const { jupyterapp } = globalThis as unknown as LabWindow;
      return jupyterapp.commands.execute("application:toggle-left-area")
        .then(() => {});
    });
    return notebook;
  }

  /** The cells as they are now. */
  async cells(): Promise<Cell[]> {
    return await this.page.evaluate(() => {
      const { jupyterapp } = globalThis as unknown as LabWindow;
      return jupyterapp.shell.currentWidget!.content.widgets.map(
        ({ model }, index) => ({
          ...model.toJSON(),
          index,
          running: model.executionState === "running",
        }),
      );
    });
  }

  /** The cell at a place, as it is drawn. */
  at(index: number): Locator {
    return this.page.locator(".jp-Notebook .jp-Cell").nth(index);
  }

  /** Scrolls a cell to the top of the page. */
  async scrollTo(index: number): Promise<void> {
    await this.page.evaluate((index) => {
      const { jupyterapp } = globalThis as unknown as LabWindow;
      return jupyterapp.shell.currentWidget!.content
        .scrollToItem(index, "start");
    }, index);
  }

  /** Chooses Run All Cells from the menu, as a reader does. */
  async runAll(): Promise<void> {
    await this.page.getByRole("menuitem", { name: "Run", exact: true }).first()
      .click();
    await this.page.getByText("Run All Cells", { exact: true }).click();
    await this.#until((cells) => cells.some(({ running }) => running));
  }

  /** Presses the button that interrupts the kernel. */
  async pressStop(): Promise<void> {
    await this.page.locator(
      '.jp-NotebookPanel-toolbar [data-command="notebook:interrupt-kernel"]',
    ).first().click();
  }

  /**
   * Waits until no cell runs, with the one that runs in view.
   *
   * @param limit How long it may take, in milliseconds
   * @throws {Error} If it takes longer
   */
  async untilDone(limit: number): Promise<Cell[]> {
    let shown = -1;
    return await this.#until(async (cells) => {
      const now = cells.find(({ running }) => running);
      if (now === undefined) return true;
      if (now.index !== shown) await this.scrollTo(shown = now.index);
      return false;
    }, limit);
  }

  /** Looks at the cells until they are as they should be. */
  async #until(
    right: (cells: Cell[]) => boolean | Promise<boolean>,
    limit = OPEN,
  ): Promise<Cell[]> {
    const deadline = Date.now() + limit;
    while (true) {
      const cells = await this.cells();
      if (await right(cells)) return cells;
      if (Date.now() > deadline) {
        const at = cells.find(({ running }) => running);
        throw new Error(
          `No end after ${Math.round(limit / 1000)} s, at the cell ${at?.id}`,
        );
      }
      await delay(EVERY);
    }
  }
}
