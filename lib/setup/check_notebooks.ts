/**
 * `deno run -A lib/setup/check_notebooks.ts [NOTEBOOK...]`: checks the cells of
 * the notebooks, all of them unless some are named: their types (a kernel
 * strips types unread), lint, format, length, calls that fail or hang in a cell,
 * and whether the outputs are those of the code.
 *
 * @module
 */

import { basename, dirname, join, relative } from "@std/path";
import {
  cellsTooLong,
  codeCells,
  moduleOf,
  type NotebookModule,
  unfitCode,
} from "./notebook_module.ts";
import { outputProblems } from "./notebook_outputs.ts";
import { projectRoot } from "./project.ts";

/**
 * Lint rules that do not fit cells: a cell's last value is what it shows, and
 * `console.log` is how it prints.
 */
const UNFIT_RULES = ["no-unused-expressions", "no-console"];

/**
 * Checks one notebook.
 *
 * @param path The notebook's path.
 * @returns What is wrong, in words that name cell and line; empty if nothing
 * is.
 */
export async function checkNotebook(path: string): Promise<string[]> {
  const text = await Deno.readTextFile(path);
  const name = relative(Deno.cwd(), path) || basename(path);
  const cells = codeCells(text);
  const module = moduleOf(cells);
  const problems = [...cellsTooLong(cells), ...unfitCode(cells)].map((words) =>
    `${name}: ${words}`
  );
  // Beside the notebook, so that "../lib" means the same as in its cells.
  const file = join(dirname(path), `.${basename(path)}.${Deno.pid}.check.ts`);
  await Deno.writeTextFile(file, module.code);
  try {
    const lint = ["lint", "--quiet", `--rules-exclude=${UNFIT_RULES}`, file];
    for (const arguments_ of [["check", "--quiet", file], lint]) {
      const words = await failure(arguments_);
      if (words) problems.push(inCells(words, file, name, module));
    }
  } finally {
    await Deno.remove(file);
  }
  if (await formatted(text) !== text) {
    problems.push(`${name}: not formatted, run \`deno fmt ${name}\``);
  }
  return problems;
}

/**
 * A notebook as Deno formats it. `deno fmt --check` cannot be asked: Deno 2.9
 * takes every notebook for not formatted that it has not just written itself.
 */
async function formatted(text: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--ext", "ipynb", "-"],
    cwd: projectRoot(),
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = child.output();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  return new TextDecoder().decode((await output).stdout);
}

/** What a Deno command says when it fails; nothing when it passes. */
async function failure(args: string[]): Promise<string | null> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: projectRoot(),
    env: { NO_COLOR: "1" },
  }).output();
  if (success) return null;
  const decoder = new TextDecoder();
  const words = decoder.decode(stderr) + decoder.decode(stdout);
  return words.replace(/\n*Stack backtrace:[\s\S]*$/, "").trim();
}

/** Replaces places in the extracted module by places in the notebook. */
function inCells(
  words: string,
  file: string,
  name: string,
  module: NotebookModule,
): string {
  const place = new RegExp(
    `(?:file://)?[^\\s"']*${
      basename(file).replaceAll(".", "\\.")
    }(?::(\\d+):(\\d+))?`,
    "g",
  );
  return words.replace(place, (_, line?: string, column?: string) => {
    if (line === undefined) return name;
    const { cell, line: at } = module.placeOf(Number(line));
    return `${name} cell ${cell}, line ${at}:${column}`;
  });
}

async function main(paths: string[]): Promise<number> {
  const folder = join(projectRoot(), "notebooks");
  if (paths.length === 0) {
    paths = [...Deno.readDirSync(folder)]
      .filter(({ isFile, name }) => isFile && name.endsWith(".ipynb"))
      .map(({ name }) => join(folder, name))
      .sort();
  }
  let wrong = 0;
  for (const path of paths) {
    const problems = await checkNotebook(await Deno.realPath(path));
    const name = relative(Deno.cwd(), path) || basename(path);
    const outputs = outputProblems(await Deno.readTextFile(path));
    problems.push(...outputs.map((words) => `${name}: ${words}`));
    problems.forEach((words) => console.error(words));
    wrong += problems.length === 0 ? 0 : 1;
  }
  console.log(
    `${paths.length - wrong} of ${paths.length} notebooks are in order`,
  );
  return wrong === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main([...Deno.args]));
