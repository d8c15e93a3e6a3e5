import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { PLOTLY_MIME } from "../../lib/plots/figure.ts";
import { outputProblems } from "../../lib/setup/notebook_outputs.ts";
import { projectRoot, venvPython } from "../../lib/setup/project.ts";
import { notebookText, temporaryFolder } from "./notebook_file.ts";

const python = venvPython();
const ignore = !await exists(python);
if (ignore) {
  console.log(
    "run_notebook.py is not tested: .venv is missing (run `deno task setup`)",
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

interface Executed {
  metadata: {
    language_info: Record<string, unknown>;
    executed?: { code: string };
  };
  cells: {
    metadata: Record<string, unknown>;
    execution_count: number | null;
    outputs: {
      output_type: string;
      text?: string[];
      ename?: string;
      data?: Record<string, unknown>;
    }[];
  }[];
}

/** Runs a notebook of these cells with run_notebook.py. */
async function run(
  cells: readonly string[],
  environment: Record<string, string> = {},
) {
  await using folder = await temporaryFolder();
  const source = join(folder.path, "example.ipynb");
  const target = join(folder.path, "executed", "example.ipynb");
  const text = notebookText(cells);
  await Deno.writeTextFile(source, text);
  await Deno.writeTextFile(
    join(folder.path, "library.ts"),
    'export const words = "from the library";\n',
  );
  const { code, stdout, stderr } = await new Deno.Command(python, {
    args: [
      join(projectRoot(), "lib", "setup", "run_notebook.py"),
      source,
      target,
    ],
    env: environment,
  }).output();
  assertEquals(await Deno.readTextFile(source), text);
  const executed = await exists(target)
    ? JSON.parse(await Deno.readTextFile(target)) as Executed
    : null;
  const decoder = new TextDecoder();
  const [said, words] = [stdout, stderr].map((part) => decoder.decode(part));
  return { code, said: said!, words: words!, executed };
}

const printing =
  "for (let i = 0; i < 7; i++) {\n  console.log(i);\n  await Deno.permissions.query({ name: 'read' });\n}";

const figure = JSON.stringify({
  [PLOTLY_MIME]: { data: [{ type: "scatter", x: [1, 2], y: [1, 2] }] },
  "text/plain": "[figure]",
});

const showing = `const id = { display_id: "live" };
await Deno.jupyter.display({ "text/plain": "0" }, { ...id, raw: true });
for (let i = 1; i <= 20; i++) {
  const words = { "text/plain": String(i) };
  await Deno.jupyter.display(words, { ...id, raw: true, update: true });
}`;

Deno.test({
  name: "run_notebook.py loses no output and normalises what it writes",
  ignore,
  async fn() {
    const { code, words, executed } = await run([
      ...Array.from({ length: 10 }, () => printing),
      showing,
      'const { words } = await import("./library.ts");\nwords;',
      `await Deno.jupyter.display(${figure}, { raw: true });`,
    ]);
    assertEquals(code, 0, words);
    const { cells, metadata } = executed!;
    const lines = ["0\n", "1\n", "2\n", "3\n", "4\n", "5\n", "6\n"];
    for (const cell of cells.slice(0, 10)) {
      const printed = cell.outputs.filter(({ text }) => text !== undefined);
      assertEquals(printed.map(({ text }) => text), [lines]);
    }
    assertEquals(cells[10]!.outputs.map(({ data }) => data), [
      { "text/plain": ["20"] },
    ]);
    assertEquals(cells[11]!.outputs.map(({ data }) => data), [
      { "text/plain": ['"from the library"'] },
    ]);
    assertEquals(Object.keys(cells[12]!.outputs[0]!.data!), [
      PLOTLY_MIME,
      "text/plain",
    ]);
    assertEquals(cells.map((cell) => cell.execution_count).at(-1), 13);
    assertEquals(cells.map(({ metadata }) => metadata), cells.map(() => ({})));
    assertEquals("version" in metadata.language_info, false);
    assertEquals(outputProblems(JSON.stringify(executed)), []);
  },
});

Deno.test({
  name: "run_notebook.py names the cell that raises and keeps what it showed",
  ignore,
  async fn() {
    const { code, said, words, executed } = await run([
      "# A title",
      'console.log("before");',
      '\nconst broken = () => {\n  throw new Error("out of luck");\n};\nbroken();',
      'console.log("never");',
    ]);
    assertEquals(code, 1);
    assertStringIncludes(
      words,
      "example.ipynb: Error in cell 3: const broken = () => {",
    );
    assertStringIncludes(words, "out of luck");
    const [, before, raised, after] = executed!.cells;
    assertEquals(before!.outputs[0]?.text, ["before\n"]);
    assertEquals(raised!.outputs[0]?.ename, "Error");
    assertEquals(after!.outputs, []);
    assertEquals(said.trim().split(/\r?\n/), ["cell 2 of 4", "cell 3 of 4"]);
    assertEquals(executed!.metadata.executed, undefined);
  },
});

Deno.test({
  name: "run_notebook.py fails at a wrong answer, and not at one to come",
  ignore,
  async fn() {
    const module = JSON.stringify(
      new URL("../../lib/notebook/exercise.ts", import.meta.url).href,
    );
    const { code, words, executed } = await run([
      `import { exercise } from ${module};`,
      'exercise("Twice two?", undefined, 2 * 2);',
      'exercise("Twice two?", 5, 2 * 2);',
    ]);
    assertEquals(code, 1);
    assertStringIncludes(words, "Error in cell 3: exercise(");
    assertStringIncludes(words, "5 is not it yet. Unfold the hint");
    assertEquals(
      executed!.cells[1]!.outputs.map(({ data }) => data?.["text/plain"]),
      [["Your turn: Twice two?"]],
    );
  },
});

Deno.test({
  name: "run_notebook.py says when the kernel ends and when the time is up",
  ignore,
  async fn() {
    const ended = await run(["1;", "Deno.exit(3);"]);
    assertEquals(ended.code, 1);
    assertStringIncludes(ended.words, "The kernel ended in cell 2: Deno.exit");
    const slow = await run(
      ["await new Promise((resolve) => setTimeout(resolve, 3600_000));"],
      { NOTEBOOK_TIMEOUT: "1" },
    );
    assertEquals(slow.code, 1);
    assertStringIncludes(slow.words, "The time of 1 seconds was up");
  },
});
