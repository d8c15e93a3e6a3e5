import { DELIMITER, join } from "@std/path";
import { runCommand } from "./run_command.ts";
import { SetupFailure } from "./setup_failure.ts";

/** A Python interpreter that can make the project's environment. */
export interface Python {
  /** Absolute path of the program. */
  readonly path: string;
  /** Major and minor version, such as `[3, 12]`. */
  readonly version: readonly [number, number];
}

/** What {@linkcode findPython} looks at. */
export interface FindPythonOptions {
  /** The environment: `PATH`, and `PYTHON` to name an interpreter. */
  readonly environment: Readonly<Record<string, string>>;
  /** The operating system. */
  readonly os: typeof Deno.build.os;
}

/** The oldest Python that JupyterLab runs on. */
export const OLDEST_PYTHON: readonly [number, number] = [3, 10];

/** Prints the version and which of the modules we need are missing. */
const PROBE = `
import sys
missing = []
for name in ("venv", "ensurepip"):
    try:
        __import__(name)
    except ImportError:
        missing.append(name)
print("python", sys.version_info[0], sys.version_info[1], *missing)
`;

interface Probed extends Python {
  readonly missing: readonly string[];
}

/**
 * Finds a Python from 3.10 on that can make virtual environments: the one that
 * the variable `PYTHON` names, else the first that serves among `python3`,
 * `python` and the versioned names on `PATH`.
 *
 * @throws {SetupFailure} If there is none, saying which of the reasons it is:
 * no Python, all too old, or one without the modules that it takes
 */
export async function findPython(
  { environment, os }: FindPythonOptions,
): Promise<Python> {
  const named = environment.PYTHON;
  const found: Probed[] = [];
  const paths = named
    ? onPath([named], environment, os)
    : onPath(candidates(os), environment, os);
  for (const path of paths) {
    const python = await probe(path, environment);
    if (python === undefined) continue;
    if (serves(python)) return { path, version: python.version };
    found.push(python);
  }
  throw explain(found, named, os);
}

function candidates(os: typeof Deno.build.os): string[] {
  const plain = os === "windows" ? ["python", "python3"] : [
    "python3",
    "python",
  ];
  return [...plain, ...[13, 12, 11, 10, 14].map((minor) => `python3.${minor}`)];
}

/** The programs of these names, in this order, that are on `PATH`. */
function onPath(
  names: readonly string[],
  environment: Readonly<Record<string, string>>,
  os: typeof Deno.build.os,
): string[] {
  const folders = (environment.PATH ?? environment.Path ?? "")
    .split(DELIMITER).filter((folder) => folder !== "");
  const ending = os === "windows" ? ".exe" : "";
  const paths = names.flatMap((name) =>
    /[\\/]/.test(name)
      ? [name]
      : folders.map((folder) => join(folder, name + ending))
  );
  return [...new Set(paths)].filter(isFile);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false; // absent, or not ours to read: no candidate either way
  }
}

async function probe(
  path: string,
  environment: Readonly<Record<string, string>>,
): Promise<Probed | undefined> {
  try {
    const { stdout } = await runCommand(path, ["-c", PROBE], { environment });
    const parts = /^python (\d+) (\d+)(.*)$/m.exec(stdout);
    if (parts === null) return undefined;
    return {
      path,
      version: [Number(parts[1]), Number(parts[2])],
      missing: (parts[3] ?? "").split(" ").filter((name) => name !== ""),
    };
  } catch {
    return undefined; // not a program that this system can start
  }
}

function isRecent([major, minor]: readonly [number, number]): boolean {
  return major > OLDEST_PYTHON[0] ||
    (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]);
}

function serves(python: Probed): boolean {
  return isRecent(python.version) && python.missing.length === 0;
}

function explain(
  found: readonly Probed[],
  named: string | undefined,
  os: typeof Deno.build.os,
): SetupFailure {
  const wanted = `Python ${OLDEST_PYTHON.join(".")} or newer`;
  const incomplete = found.find(({ version }) => isRecent(version));
  if (incomplete) {
    const version = incomplete.version.join(".");
    return new SetupFailure(
      `Python ${version} at ${incomplete.path} lacks its module ${
        incomplete.missing.join(" and ")
      }, without which it cannot make the project's own environment`,
      os === "linux"
        ? `install the module (Debian and Ubuntu: sudo apt install python${version}-venv) and run this again`
        : `install ${wanted} (${source(os)}) and run this again`,
    );
  }
  const oldest = found[0];
  if (oldest) {
    return new SetupFailure(
      `Python ${
        oldest.version.join(".")
      } at ${oldest.path} is too old: JupyterLab needs ${wanted}`,
      `install ${wanted} (${
        source(os)
      }), or name one with the variable PYTHON, and run this again`,
    );
  }
  return named
    ? new SetupFailure(
      `The variable PYTHON names ${named}, which is no Python that starts`,
      `set PYTHON to the path of ${wanted}, or unset it, and run this again`,
    )
    : new SetupFailure(
      `No Python was found on the PATH; JupyterLab needs ${wanted}`,
      `install it (${source(os)}) and run this again`,
    );
}

/** Where Python comes from, on each system. */
function source(os: typeof Deno.build.os): string {
  switch (os) {
    case "darwin":
      return "brew install python, or https://www.python.org/downloads";
    case "windows":
      return "winget install Python.Python.3.13";
    default:
      return "Debian and Ubuntu: sudo apt install python3 python3-venv; Fedora: sudo dnf install python3";
  }
}
