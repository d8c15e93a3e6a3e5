import { encodeBase64 } from "@std/encoding";
import { replaceFile } from "../data/replace_file.ts";
import { type Figure, PLOTLY_MIME } from "./figure.ts";
import { SIZE } from "./house_look.ts";
import { toPng } from "./render.ts";

/** A notebook's JSON, as far as it is looked at here. */
export interface ExecutedNotebook {
  /** The cells. */
  cells: {
    cell_type: string;
    outputs?: {
      data?: Record<string, unknown>;
      metadata?: Record<string, unknown>;
    }[];
  }[];
}

/**
 * Adds `image/png` to every output that holds a plotly figure, or draws it
 * anew: for viewers that know no plotly, such as a code host's. The picture has the figure's own size: JupyterLab shows it at its own,
 * whatever the metadata say, until the mouse is over it.
 *
 * @param notebook The notebook, which is changed.
 * @returns The number of pictures.
 * @throws {Error} If a figure cannot be drawn, naming the cell.
 */
export async function addPng(notebook: ExecutedNotebook): Promise<number> {
  let pictures = 0;
  for (const [index, cell] of notebook.cells.entries()) {
    for (const output of cell.outputs ?? []) {
      const figure = output.data?.[PLOTLY_MIME] as Figure | undefined;
      if (!output.data || !figure) continue;
      let png: Uint8Array;
      try {
        png = await toPng(figure, { scale: 1 });
      } catch (cause) {
        const words = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`Cannot draw a figure of cell ${index + 1}: ${words}`, {
          cause,
        });
      }
      const { width = SIZE.width, height = SIZE.height } = figure.layout ?? {};
      output.data = sorted({ ...output.data, "image/png": encodeBase64(png) });
      output.metadata = { ...output.metadata, "image/png": { height, width } };
      pictures++;
    }
  }
  return pictures;
}

/** With its keys in order, as Jupyter writes them. */
function sorted(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).sort(([a], [b]) => a < b ? -1 : 1),
  );
}

/** {@linkcode addPng} for the notebook in a file. */
export async function addPngToFile(path: string): Promise<void> {
  const notebook = JSON.parse(await Deno.readTextFile(path));
  if (await addPng(notebook) === 0) return;
  // One space, as Jupyter writes it.
  await replaceFile(path, JSON.stringify(notebook, null, 1) + "\n");
}
