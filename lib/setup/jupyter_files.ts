import { dirname, join, resolve } from "@std/path";
import { replaceFile } from "../data/replace_file.ts";
import { venvFolder } from "./project.ts";

/**
 * Jupyter's description of the Deno kernel. Deno's own installer writes it into
 * the home folder, whatever Jupyter is told, so we write it ourselves.
 *
 * @param deno Absolute path of the Deno that is to run the notebooks
 */
export function kernelSpec(deno: string): string {
  const spec = {
    argv: [deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
  };
  return JSON.stringify(spec, null, 2) + "\n";
}

/** JupyterLab asks no server outside for news or for updates. */
const LAB_SETTINGS = JSON.stringify(
  {
    "@jupyterlab/apputils-extension:notification": {
      fetchNews: "false",
      checkForUpdates: false,
    },
  },
  null,
  2,
) + "\n";

/**
 * Writes the kernel's description and JupyterLab's settings into `.venv`, where
 * they differ from what is there.
 *
 * @returns The paths that were written
 */
export async function writeJupyterFiles(
  root: string,
  deno: string,
): Promise<string[]> {
  // What is told to write into a folder that is not there writes elsewhere.
  await Deno.mkdir(temporaryFolder(root), { recursive: true });
  const share = join(venvFolder(root), "share", "jupyter");
  const files: [string, string][] = [
    [join(share, "kernels", "deno", "kernel.json"), kernelSpec(deno)],
    [join(share, "lab", "settings", "overrides.json"), LAB_SETTINGS],
  ];
  const written: string[] = [];
  for (const [path, text] of files) {
    if (await textOf(path) === text) continue;
    await Deno.mkdir(dirname(path), { recursive: true });
    await replaceFile(path, text);
    written.push(path);
  }
  return written;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * The variables that keep everything that Jupyter writes inside `.venv`, away
 * from the home folder, and that make it find our kernel before others. Paths
 * that the reader's own variables name are made absolute, since a notebook
 * runs in its own folder.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { jupyterVariables } from "./jupyter_files.ts";
 *
 * const variables = jupyterVariables("/project", { CIFAR10_DIR: "/cifar" });
 * assertEquals(variables.IPYTHONDIR, "/project/.venv/jupyter/ipython");
 * assertEquals(variables.CIFAR10_DIR, "/cifar");
 * ```
 *
 * @param root The project's folder
 * @param variables The reader's variables
 */
export function jupyterVariables(
  root: string,
  variables: Readonly<Record<string, string>> = Deno.env.toObject(),
): Record<string, string> {
  const folder = jupyterFolder(root);
  const paths = [
    "CIFAR10_DIR",
    "CIFAR100_DIR",
    "TENSORFLOW_LIBRARY",
  ].flatMap((name) => {
    const path = variables[name];
    return path ? [[name, resolve(path)]] : [];
  });
  return {
    ...Object.fromEntries(paths),
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
    JUPYTER_PREFER_ENV_PATH: "1",
    IPYTHONDIR: join(folder, "ipython"),
    TMPDIR: temporaryFolder(root),
    TEMP: temporaryFolder(root),
    TMP: temporaryFolder(root),
  };
}

/** Where Jupyter keeps what is the reader's own. */
function jupyterFolder(root: string): string {
  return join(venvFolder(root), "jupyter");
}

/** Where notebooks put what they need for a moment. */
function temporaryFolder(root: string): string {
  return join(jupyterFolder(root), "temporary");
}
