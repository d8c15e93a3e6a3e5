import { z } from "zod";
import { sha256 } from "../data/hash.ts";
import { codeCells } from "./notebook_module.ts";

const Executed = z.object({
  cells: z.array(z.object({
    outputs: z.array(z.object({ output_type: z.string() })).optional(),
  })),
  metadata: z.object({
    executed: z.object({ code: z.string() }).optional(),
  }),
});

/**
 * Says what is wrong with the outputs of a committed notebook: there are none,
 * an error is among them, or they are of other code than the cells hold.
 * `run_notebook.py` leaves in the metadata which code it ran.
 *
 * @param text The notebook's JSON.
 * @returns What is wrong, in words; empty if nothing is.
 * @throws {Error} If the text is not a notebook of format 4.
 */
export function outputProblems(text: string): string[] {
  const code = codeCells(text).map(({ source }) => source);
  const { cells, metadata } = Executed.parse(JSON.parse(text));
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  const found = sha256(new TextEncoder().encode(code.join("\0")));
  const mend = "run `deno task notebooks --update`";
  if (code.length === 0) return [];
  if (outputs.length === 0) return [`no cell has an output: ${mend}`];
  if (outputs.some(({ output_type }) => output_type === "error")) {
    return [`a cell has ended in an error: ${mend}`];
  }
  return metadata.executed?.code === found
    ? []
    : [`the outputs are not those of the cells' code: ${mend}`];
}
