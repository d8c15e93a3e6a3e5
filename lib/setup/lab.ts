/**
 * `deno task lab [arguments of jupyter lab]`: sets the project up where it is
 * not, and opens the notebooks in JupyterLab with the Deno kernel.
 *
 * JupyterLab's Stop button sends SIGINT to the kernel. A server that a script
 * starts in the background inherits an ignored SIGINT and hands it on, so try
 * Stop on a server that was started from a terminal.
 *
 * @module
 */
import { jupyterVariables } from "./jupyter_files.ts";
import { presetNamed } from "./notebook_arguments.ts";
import { projectRoot, venvPython } from "./project.ts";
import { setUp } from "./set_up.ts";
import { runTask } from "./setup_failure.ts";

/**
 * The arguments that start JupyterLab on the project's notebooks; what the
 * reader adds comes last and so wins.
 *
 * @param root The project's folder
 * @param extra The reader's own arguments
 * @param user The user's number, which is 0 for root, as in most containers and
 * on many servers with a GPU; there JupyterLab starts only if told to
 */
export function labArguments(
  root: string,
  extra: readonly string[],
  user: number | null = Deno.uid(),
): string[] {
  return [
    ...["-m", "jupyterlab"],
    `--ServerApp.root_dir=${root}`,
    "--LabApp.default_url=/lab/tree/notebooks",
    "--MultiKernelManager.default_kernel_name=deno",
    // Looking for language servers would start npm, which writes into the home.
    "--LanguageServerManager.autodetect=False",
    ...user === 0 ? ["--allow-root"] : [],
    // A "--" before them, as npm's scripts want it, is taken too.
    ...extra[0] === "--" ? extra.slice(1) : extra,
  ];
}

async function main(): Promise<number> {
  presetNamed(
    Deno.env.get("PRESET") || "smoke",
    "set PRESET to one of them, or leave it out for smoke",
  );
  await setUp();
  const root = projectRoot();
  const lab = new Deno.Command(venvPython(root), {
    args: labArguments(root, Deno.args),
    cwd: root,
    env: jupyterVariables(root),
  }).spawn();
  // The terminal sends Ctrl-C to JupyterLab too, which asks whether it is
  // meant; so we stay until it has ended.
  Deno.addSignalListener("SIGINT", () => {});
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", () => lab.kill("SIGTERM"));
  }
  return (await lab.status).code;
}

if (import.meta.main) await runTask(main);
