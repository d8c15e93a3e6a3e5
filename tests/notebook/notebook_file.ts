/** A cell of a notebook, of code unless it begins with "#". */
export type CellText = string;

/** The JSON of a notebook as Jupyter writes it. */
export function notebookText(cells: readonly CellText[]): string {
  return JSON.stringify(
    {
      cells: cells.map((text, index) => ({
        ...(text.startsWith("#")
          ? { cell_type: "markdown" }
          : { cell_type: "code", execution_count: null, outputs: [] }),
        id: `cell-${index}`,
        metadata: {},
        source: text.split(/(?<=\n)/),
      })),
      metadata: {
        kernelspec: {
          display_name: "Deno",
          language: "typescript",
          name: "deno",
        },
        language_info: { file_extension: ".ts", name: "typescript" },
      },
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  ) + "\n";
}

/**
 * A folder beside the tests for the time of a test: within the project, so that
 * its settings hold, and not where they exclude files.
 */
export async function temporaryFolder(): Promise<
  { path: string } & AsyncDisposable
> {
  const path = await Deno.makeTempDir({
    dir: import.meta.dirname!,
    prefix: ".part-",
  });
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
