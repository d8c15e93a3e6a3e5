import { basename, join, relative } from "@std/path";
import { explainPip, type PipRun } from "./explain_pip.ts";
import { venvFolder, venvPython } from "./project.ts";
import { type CommandResult, runCommand } from "./run_command.ts";
import { SetupFailure } from "./setup_failure.ts";

/** The project's environment, as the functions here need it. */
export interface Environment {
  /** The project's folder. */
  readonly root: string;
  /** The variables that programs are started with. */
  readonly variables: Readonly<Record<string, string>>;
  /** The operating system. */
  readonly os: typeof Deno.build.os;
}

/** Where all that Python and pip said is kept. */
export function setupLog(root: string): string {
  return join(venvFolder(root), "setup.log");
}

/** Where pip unpacks: on the same disk as `.venv`, so that it can rename. */
function temporaryFolder(root: string): string {
  return join(venvFolder(root), "temporary");
}

/** Variables that would send pip's packages elsewhere than into `.venv`. */
const STRAY_VARIABLES = [
  "PIP_PREFIX",
  "PIP_ROOT",
  "PIP_TARGET",
  "PYTHONHOME",
  "PYTHONPATH",
  "VIRTUAL_ENV",
];

function pipVariables(
  { root, variables }: Environment,
): Record<string, string> {
  const kept = Object.entries(variables).filter(([name]) =>
    !STRAY_VARIABLES.includes(name)
  );
  return {
    ...Object.fromEntries(kept),
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PIP_NO_INPUT: "1",
    PIP_USER: "0",
    PYTHONNOUSERSITE: "1",
    TMPDIR: temporaryFolder(root),
    TEMP: temporaryFolder(root),
    TMP: temporaryFolder(root),
  };
}

/**
 * Makes an empty virtual environment in `.venv`.
 *
 * @param python Absolute path of the Python to make it with
 * @throws {SetupFailure} If Python cannot make it
 */
export async function makeVenv(
  environment: Environment,
  python: string,
): Promise<void> {
  const { root } = environment;
  await Deno.mkdir(temporaryFolder(root), { recursive: true });
  const result = await runCommand(
    python,
    ["-m", "venv", venvFolder(root)],
    { environment: pipVariables(environment) },
  );
  await keepWords(root, result);
  if (result.code === 0) return;
  const words = result.stdout + result.stderr;
  if (
    /ensurepip is not available|No module named '?(venv|ensurepip)/.test(words)
  ) {
    throw new SetupFailure(
      `${python} cannot make virtual environments: it lacks its module ensurepip`,
      `install it (Debian and Ubuntu: sudo apt install ${
        basename(python)
      }-venv) and run this again`,
    );
  }
  throw explainPip(
    {
      what: "The project's Python environment",
      diskMegabytes: 50,
      log: log(root),
    },
    result,
  );
}

/**
 * Installs packages into `.venv`, from wheels only, so that no compiler is ever
 * needed. All that pip says goes into the log.
 *
 * @throws {SetupFailure} If it fails, saying why
 */
export async function pipInstall(
  environment: Environment,
  args: readonly string[],
  run: Omit<PipRun, "log">,
): Promise<void> {
  const { root, os } = environment;
  await Deno.mkdir(temporaryFolder(root), { recursive: true });
  const result = await runCommand(
    venvPython(root, os),
    [
      ...["-m", "pip", "install", "--progress-bar", "off"],
      ...["--only-binary", ":all:", ...args],
    ],
    { environment: pipVariables(environment) },
  );
  await keepWords(root, result);
  if (result.code !== 0) throw explainPip({ ...run, log: log(root) }, result);
  await Deno.remove(temporaryFolder(root), { recursive: true });
}

function log(root: string): string {
  return relative(root, setupLog(root));
}

async function keepWords(root: string, result: CommandResult): Promise<void> {
  await Deno.writeTextFile(setupLog(root), result.stdout + result.stderr, {
    append: true,
  }).catch((error) => {
    // A full disk must not hide pip's own account of it.
    if (result.code === 0) throw error;
  });
}
