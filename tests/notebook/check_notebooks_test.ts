import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { checkNotebook } from "../../lib/setup/check_notebooks.ts";
import { codeCells, moduleOf } from "../../lib/setup/notebook_module.ts";
import { notebookText, temporaryFolder } from "./notebook_file.ts";

/** What checkNotebook() finds in a notebook of these cells. */
async function problemsOf(cells: readonly string[]): Promise<string> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "example.ipynb");
  await Deno.writeTextFile(path, notebookText(cells));
  await Deno.writeTextFile(
    join(folder.path, "library.ts"),
    "export const depth: number = 56;\n",
  );
  const problems = await checkNotebook(path);
  const left = [...Deno.readDirSync(folder.path)].map(({ name }) => name);
  assertEquals(left.sort(), ["example.ipynb", "library.ts"]);
  return problems.join("\n");
}

Deno.test("checkNotebook() finds nothing in cells that are in order", async () => {
  const problems = await problemsOf([
    "# A title",
    'import { depth } from "./library.ts";',
    "const doubled = await Promise.resolve(2 * depth);",
    "doubled;",
  ]);
  assertEquals(problems, "");
});

Deno.test("checkNotebook() places a type error in its cell", async () => {
  const problems = await problemsOf([
    "# A title",
    'import { depth } from "./library.ts";',
    "# Between",
    "const one = 1;\nconst name: string = depth + one;\nname;",
  ]);
  assertStringIncludes(problems, "Type 'number' is not assignable");
  assertStringIncludes(problems, "example.ipynb cell 4, line 2:7");
});

Deno.test("checkNotebook() refuses names that two cells declare", async () => {
  const problems = await problemsOf([
    "const steps = 1;\nsteps;",
    "const steps = 2;\nsteps;",
  ]);
  assertStringIncludes(problems, "cell 2, line 1");
});

Deno.test("checkNotebook() lints over all cells together", async () => {
  const problems = await problemsOf([
    "const used = 1;",
    "used;",
    "var a = 1;\na;",
  ]);
  assertStringIncludes(problems, "no-var");
  assertStringIncludes(problems, "example.ipynb cell 3, line 1:1");
  assertEquals(problems.includes("no-unused"), false);
});

Deno.test("checkNotebook() refuses a cell of 26 lines", async () => {
  const lines = (count: number) =>
    Array.from({ length: count }, () => "console.log();").join("\n");
  assertEquals(await problemsOf([lines(25)]), "");
  assertStringIncludes(
    await problemsOf(["# A title", lines(26)]),
    "cell 2: expected at most 25 lines but found 26",
  );
});

Deno.test("checkNotebook() refuses what fails or hangs in a cell", async () => {
  const problems = await problemsOf([
    "console.log(import.meta.url);",
    'console.log(\n  confirm("Go on?"),\n);',
  ]);
  assertStringIncludes(problems, "cell 1, line 1: import.meta fails in a cell");
  assertStringIncludes(problems, "cell 2, line 2: a question hangs");
});

Deno.test("checkNotebook() refuses cells that are not formatted", async () => {
  assertStringIncludes(
    await problemsOf(["const a=1\na"]),
    "example.ipynb: not formatted, run `deno fmt",
  );
});

Deno.test("codeCells() reads source as text or as lines, and numbers all cells", () => {
  const text = JSON.stringify({
    nbformat: 4,
    cells: [
      { cell_type: "code", source: "a;" },
      { cell_type: "markdown", source: ["words"] },
      { cell_type: "code", source: ["b;\n", "c;"] },
    ],
  });
  assertEquals(codeCells(text), [
    { number: 1, source: "a;" },
    { number: 3, source: "b;\nc;" },
  ]);
});

Deno.test("codeCells() throws on what is no notebook", () => {
  assertThrows(() => codeCells('{"cells": []}'));
  assertThrows(() => codeCells('{"nbformat": 3, "cells": []}'));
});

Deno.test("moduleOf() no cells is an empty module", () => {
  assertEquals(moduleOf([]).placeOf(1), { cell: 1, line: 1 });
});
