import { delay } from "@std/async/delay";
import { dirname, join } from "@std/path";
import { jupyterVariables } from "../../lib/setup/jupyter_files.ts";
import { labArguments } from "../../lib/setup/lab.ts";
import { venvPython } from "../../lib/setup/project.ts";
import { THEMES } from "./arguments.ts";

/** A JupyterLab that runs. */
export interface LabServer extends AsyncDisposable {
  /** The address of a notebook in it, by the path from the project's folder. */
  address(path: string): string;
  /** Ends all kernels. */
  endKernels(): Promise<void>;
}

/** How long JupyterLab may take to start, in milliseconds. */
const START = 90_000;

/** How long it may take to end. */
const END = 15_000;

/** A port that was free a moment ago. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Settings of its own, so that the reader's stay as they are. */
async function writeSettings(
  folder: string,
  theme: keyof typeof THEMES,
): Promise<string[]> {
  const settings = join(folder, "settings");
  const files = {
    "apputils-extension/themes": { theme: THEMES[theme] },
    "notebook-extension/tracker": { recordTiming: true },
  };
  for (const [name, values] of Object.entries(files)) {
    const path = join(settings, "@jupyterlab", `${name}.jupyterlab-settings`);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, JSON.stringify(values) + "\n");
  }
  return [
    `--LabApp.user_settings_dir=${settings}`,
    `--LabApp.workspaces_dir=${join(folder, "workspaces")}`,
  ];
}

/**
 * Starts the project's JupyterLab as `deno task lab` does, on a free port and
 * without opening a browser.
 *
 * @param root The project's folder
 * @param folder A folder for its settings and its log
 * @param theme Its theme
 * @throws {Error} If it does not start
 */
export async function startLab(
  root: string,
  folder: string,
  theme: keyof typeof THEMES,
): Promise<LabServer> {
  const port = freePort();
  const token = crypto.randomUUID();
  const log = join(folder, "lab.log");
  const lab = new Deno.Command(venvPython(root), {
    args: [
      ...["-c", INTO_LOG, log],
      ...labArguments(root, [
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        `--ServerApp.port=${port}`,
        "--ServerApp.port_retries=0",
        `--IdentityProvider.token=${token}`,
        "--LabApp.expose_app_in_browser=True",
        "--ContentsManager.allow_hidden=True",
        ...await writeSettings(folder, theme),
      ]),
    ],
    cwd: root,
    env: { ...jupyterVariables(root), PRESET: "smoke" },
    stdin: "null",
  }).spawn();
  let ended = false;
  const status = lab.status.then(() => {
    ended = true;
  });
  const ask = (path: string, init?: RequestInit) =>
    fetch(`http://127.0.0.1:${port}/${path}`, {
      ...init,
      headers: { authorization: `token ${token}` },
    });
  const server: LabServer = {
    address: (path) =>
      // A page begins anew, without what was open on the one before.
      `http://127.0.0.1:${port}/lab/tree/${path}?reset&token=${token}`,
    async endKernels() {
      const kernels: { id: string }[] = await (await ask("api/kernels")).json();
      for (const { id } of kernels) {
        const { body } = await ask(`api/kernels/${id}`, { method: "DELETE" });
        await body?.cancel();
      }
    },
    async [Symbol.asyncDispose]() {
      if (ended) return;
      lab.kill("SIGTERM"); // it ends its kernels, and itself
      await Promise.race([status, delay(END, { persistent: false })]);
      if (!ended) lab.kill("SIGKILL");
    },
  };
  const deadline = Date.now() + START;
  while (!ended && Date.now() < deadline) {
    try {
      const { ok, body } = await ask("api/status");
      await body?.cancel();
      if (ok) return server;
    } catch {
      // It does not listen yet.
    }
    await delay(200);
  }
  await server[Symbol.asyncDispose]();
  const words = (await Deno.readTextFile(log)).trimEnd().split("\n");
  throw new Error(`JupyterLab does not start:\n${words.slice(-20).join("\n")}`);
}

/**
 * Python that goes on as JupyterLab with its words in a file. Deno's pipes
 * would have to be read all the time, or JupyterLab waits on a full one.
 */
const INTO_LOG = [
  "import os, sys",
  "log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT)",
  "os.dup2(log, 1)",
  "os.dup2(log, 2)",
  "os.execv(sys.executable, [sys.executable, *sys.argv[2:]])",
].join("\n");
