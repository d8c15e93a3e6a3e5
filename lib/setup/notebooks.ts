/**
 * `deno task notebooks [--preset smoke|study|paper] [--update] [names]`: sets
 * the project up where it is not, runs the notebooks without a browser, and
 * says where the executed copies are.
 *
 * @module
 */
import { join, relative } from "@std/path";
import { fileInfo } from "../data/file_info.ts";
import { replaceFile } from "../data/replace_file.ts";
import { addPngToFile } from "../plots/add_png.ts";
import { jupyterVariables } from "./jupyter_files.ts";
import { listNotebooks, readArguments } from "./notebook_arguments.ts";
import { inWords, standardError, withProgress } from "./progress.ts";
import { projectRoot, venvPython } from "./project.ts";
import { runCommand } from "./run_command.ts";
import { setUp } from "./set_up.ts";
import { runTask, SetupFailure } from "./setup_failure.ts";

/** A notebook that ran, or that stopped at an error. */
interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly interrupted: boolean;
  readonly milliseconds: number;
}

/** How many of the runner's last lines are shown when a notebook fails. */
const LINES_SHOWN = 40;

async function runNotebook(
  root: string,
  name: string,
  preset: string,
): Promise<Outcome> {
  const executed = join(root, "notebooks", "executed", name);
  const start = performance.now();
  let place = "";
  const run = () =>
    runCommand(
      venvPython(root),
      [
        join(root, "lib", "setup", "run_notebook.py"),
        join(root, "notebooks", name),
        executed,
      ],
      {
        folder: root,
        onLine: (line) => {
          if (line.startsWith("cell ")) place = `${line},`;
        },
        environment: {
          ...Deno.env.toObject(),
          ...jupyterVariables(root),
          PRESET: preset,
        },
      },
    );
  const result = await withProgress(
    `Running ${name} at ${preset}`,
    run,
    standardError,
    ({ code, interrupted }) =>
      interrupted ? "stopped" : code === 0 ? "passed" : "failed",
    () => place,
  );
  const milliseconds = performance.now() - start;
  const { code, interrupted } = result;
  if (code !== 0 && !interrupted) {
    const words = result.stderr.trimEnd().split("\n");
    console.error(words.slice(-LINES_SHOWN).join("\n"));
  }
  return {
    name,
    passed: code === 0 && !interrupted,
    interrupted,
    milliseconds,
  };
}

/**
 * Adds the pictures to the executed copy of a notebook that passed, and puts it
 * in the place of the committed one if that is asked for.
 */
async function finish(
  root: string,
  outcome: Outcome,
  updates: boolean,
): Promise<Outcome> {
  if (!outcome.passed) return outcome;
  const { name } = outcome;
  const executed = join(root, "notebooks", "executed", name);
  try {
    await addPngToFile(executed);
    if (updates) {
      const text = await Deno.readTextFile(executed);
      await replaceFile(join(root, "notebooks", name), text);
    }
    return outcome;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    console.error(
      `${name}: its pictures could not be added, or its committed copy not replaced: ${words}`,
    );
    return { ...outcome, passed: false };
  }
}

async function main(): Promise<number> {
  const root = projectRoot();
  const asked = readArguments(Deno.args, Deno.env.get("PRESET"));
  const names = listNotebooks(join(root, "notebooks"), asked.names);
  await setUp();
  if (!await fileInfo(join(root, "lib", "setup", "run_notebook.py"))) {
    throw new SetupFailure(
      "lib/setup/run_notebook.py, which runs a notebook, is missing",
      "fetch the whole project again",
    );
  }
  await Deno.mkdir(join(root, "notebooks", "executed"), { recursive: true });
  const finished: Promise<Outcome>[] = [];
  for (const name of names) {
    const outcome = await runNotebook(root, name, asked.preset);
    // The next one runs meanwhile.
    finished.push(finish(root, outcome, asked.update));
    if (outcome.interrupted) break;
  }
  const outcomes = await Promise.all(finished);
  console.log();
  for (const { name, passed, interrupted, milliseconds } of outcomes) {
    const ending = passed ? "passed" : interrupted ? "stopped" : "FAILED";
    const copy = relative(root, join(root, "notebooks", "executed", name));
    console.log(
      `${ending}  ${name}  ${inWords(milliseconds)}  -> ${copy}${
        passed && asked.update ? ", updated" : ""
      }`,
    );
  }
  const passed = outcomes.filter((outcome) => outcome.passed).length;
  console.log(`${passed} passed, ${outcomes.length - passed} failed`);
  return passed === outcomes.length ? 0 : 1;
}

if (import.meta.main) await runTask(main);
