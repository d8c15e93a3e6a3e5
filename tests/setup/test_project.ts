import { dirname, fromFileUrl, join } from "@std/path";
import type { Choice } from "../../lib/setup/choose_tensorflow.ts";
import { setUp, type SetUpResult } from "../../lib/setup/set_up.ts";

/** A machine for a test: a folder of programs, and an empty project. */
export interface TestProject extends AsyncDisposable {
  /** The project's folder. */
  readonly root: string;
  /** The folder of programs, which is all of its `PATH`. */
  readonly programs: string;
  /** What the set-up said. */
  readonly said: () => string;
  /** How often pip was run. */
  readonly pipRuns: () => string[];
  /** Sets the project up, with more variables. */
  setUp(
    variables?: Record<string, string>,
    choice?: Choice,
  ): Promise<SetUpResult>;
}

/** The fakes are shell scripts. */
export const cannotFake = Deno.build.os === "windows";

/** Puts the fake Python into a folder, by a name. */
export async function putPython(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await Deno.copyFile(
    join(dirname(fromFileUrl(import.meta.url)), "fake_python.sh"),
    path,
  );
  await Deno.chmod(path, 0o755);
  return path;
}

/** Makes a project in a temporary folder, on a machine with the fake Python. */
export async function makeProject(): Promise<TestProject> {
  const folder = await Deno.makeTempDir({ prefix: "setup" });
  const root = join(folder, "project");
  const programs = join(folder, "programs");
  await Deno.mkdir(join(root, "lib", "setup"), { recursive: true });
  await Deno.mkdir(programs);
  await putPython(programs, "python3");
  const requirements = join(root, "lib", "setup", "requirements");
  await Deno.writeTextFile(`${requirements}.txt`, "jupyterlab==1.0\n");
  const wheels = `${requirements}_tensorflow`;
  await Deno.writeTextFile(`${wheels}_cpu.txt`, "tensorflow-cpu==1.0\n");
  await Deno.writeTextFile(`${wheels}_cuda.txt`, "tensorflow==1.0\nnccl==1\n");
  let said = "";
  return {
    root,
    programs,
    said: () => said,
    pipRuns: () =>
      linesOf(join(root, "pip-runs")).map((line) =>
        line.replace(`${join(root, "lib", "setup")}/`, "")
      ),
    setUp: (variables = {}, choice = "cpu") =>
      setUp({
        root,
        choice,
        os: "linux",
        arch: "x86_64",
        deno: "/opt/deno",
        variables: { PATH: programs, ...variables },
        output: { write: (text) => said += text, isTerminal: false },
      }),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

function linesOf(path: string): string[] {
  try {
    return Deno.readTextFileSync(path).trimEnd().split("\n");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
