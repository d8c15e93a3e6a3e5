import { z } from "zod";

/** A cell longer than this is a function of the library. */
export const MOST_LINES = 25;

/** A code cell of a notebook. */
export interface CodeCell {
  /** Its number, counting all cells of the notebook from 1. */
  readonly number: number;
  /** Its code. */
  readonly source: string;
}

/** A notebook's code as one module. */
export interface NotebookModule {
  /** The code. */
  readonly code: string;
  /** The cell of a line of the module, and the line in the cell, from 1. */
  placeOf(line: number): { cell: number; line: number };
}

const Notebook = z.object({
  nbformat: z.literal(4),
  cells: z.array(z.object({
    cell_type: z.string(),
    source: z.union([z.string(), z.array(z.string())]),
  })),
});

/**
 * Reads the code cells of a notebook.
 *
 * @param text The notebook's JSON.
 * @returns The cells that hold code, in order.
 * @throws {Error} If the text is not a notebook of format 4.
 */
export function codeCells(text: string): CodeCell[] {
  return Notebook.parse(JSON.parse(text)).cells.flatMap((cell, index) => {
    if (cell.cell_type !== "code") return [];
    const source = typeof cell.source === "string"
      ? cell.source
      : cell.source.join("");
    return [{ number: index + 1, source }];
  });
}

/**
 * Puts cells one after the other into one module, as the kernel runs them in
 * one scope. So a name that two cells declare is an error, as it should be in
 * a notebook that is read from top to bottom.
 *
 * @example Usage
 * ```ts
 * import { moduleOf } from "./notebook_module.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const module = moduleOf([
 *   { number: 2, source: "const a = 1;" },
 *   { number: 5, source: "const b = 2;\na + b;" },
 * ]);
 * assertEquals(module.placeOf(3), { cell: 5, line: 2 });
 * ```
 *
 * @param cells The cells.
 * @returns The module.
 */
export function moduleOf(cells: readonly CodeCell[]): NotebookModule {
  const places: { cell: number; line: number }[] = [];
  const lines: string[] = [];
  for (const { number, source } of cells) {
    source.split("\n").forEach((line, index) => {
      lines.push(line);
      places.push({ cell: number, line: index + 1 });
    });
  }
  // Without an import or export it would be a script, without `await`.
  lines.push("export {};");
  const last = places.at(-1) ?? { cell: 1, line: 1 };
  return {
    code: lines.join("\n") + "\n",
    placeOf: (line) => places[line - 1] ?? last,
  };
}

/** Says which cells have more than {@linkcode MOST_LINES} lines. */
export function cellsTooLong(cells: readonly CodeCell[]): string[] {
  return cells.flatMap(({ number, source }) => {
    const count = source.trim().split("\n").length;
    return count <= MOST_LINES ? [] : [
      `cell ${number}: expected at most ${MOST_LINES} lines but found ${count}`,
    ];
  });
}

/** Code that type-checks and yet does not work in a cell. */
const UNFIT: readonly { readonly code: RegExp; readonly why: string }[] = [
  { code: /\bimport\.meta\b/, why: "import.meta fails in a cell" },
  {
    code: /(?<![\w.])(?:confirm|prompt|alert)\(/,
    why: "a question hangs a run without a browser",
  },
  {
    code: /\bDeno\.test\(/,
    why: "a Deno.test that fails does not fail the cell; use check()",
  },
];

/** Says where cells hold code that does not work in a cell. */
export function unfitCode(cells: readonly CodeCell[]): string[] {
  return cells.flatMap(({ number, source }) =>
    source.split("\n").flatMap((line, index) =>
      UNFIT.filter(({ code }) => code.test(line)).map(({ why }) =>
        `cell ${number}, line ${index + 1}: ${why}`
      )
    )
  );
}
