/**
 * The parts of JupyterLab's own objects that the checks read in the page, where
 * JupyterLab puts itself when told to (`expose_app_in_browser`). Types only:
 * what runs in the page can use nothing else of this project.
 *
 * @module
 */

/** A cell's output, as in a notebook file. */
export interface CellOutput {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly ename?: string;
  readonly evalue?: string;
}

/** A cell, as in a notebook file. */
export interface CellJson {
  readonly id: string;
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly CellOutput[];
  readonly metadata?: {
    /** When it began and ended, by the names of Jupyter's messages. */
    readonly execution?: Readonly<Record<string, string>>;
  };
}

/** A cell in the page. */
export interface CellWidget {
  readonly model: {
    readonly executionState?: "idle" | "running";
    toJSON(): CellJson;
  };
}

/** The window of the page. */
export interface LabWindow {
  readonly jupyterapp: {
    readonly commands: {
      execute(id: string, options?: object): Promise<unknown>;
    };
    readonly shell: {
      readonly currentWidget: {
        readonly context: { readonly path: string; readonly isReady: boolean };
        readonly content: {
          readonly widgets: readonly CellWidget[];
          scrollToItem(index: number, align: string): Promise<void>;
        };
        readonly sessionContext: {
          readonly session: {
            readonly kernel: { readonly status: string } | null;
          } | null;
        };
      } | null;
    };
  };
}
