import { join } from "@std/path";
import { pipInstall } from "../../lib/setup/pip.ts";
import { withProgress } from "../../lib/setup/progress.ts";
import { projectRoot } from "../../lib/setup/project.ts";
import { runCommand } from "../../lib/setup/run_command.ts";
import { libraryNames } from "../../lib/setup/tensorflow_library.ts";
import { benchmarksFolder, scratchFolder } from "./folders.ts";
import { compiler, hasCompiler } from "./compiler.ts";

/** What tfjs-node 4.22 is built for, and fetches when it is installed. */
export const STOCK_TENSORFLOW = "2.9.1";

/**
 * The TensorFlow library that tfjs-node as it comes computes with, made from
 * PyPI's wheel of that version unless it is there: 210 MB to fetch.
 *
 * @returns Path for `TENSORFLOW_LIBRARY`; `undefined` where there is no such
 * wheel, or no C++ compiler.
 * @throws {Error} If it cannot be made.
 */
export async function stockLibrary(): Promise<string | undefined> {
  const { os, arch } = Deno.build;
  if (os !== "linux" || arch !== "x86_64") return undefined;
  if (!await hasCompiler()) return undefined;
  const folder = join(await scratchFolder(), `tensorflow-${STOCK_TENSORFLOW}`);
  const library = join(folder, "tensorflow", libraryNames(os).cc);
  // It is made last, so that a wheel that was cut off is fetched anew.
  if (await exists(library)) return library;
  await withProgress("Fetching tfjs-node's own TensorFlow", async () => {
    await Deno.remove(folder, { recursive: true }).catch(unlessMissing);
    await fetchWheel(folder);
    await linkWithoutPython(join(folder, "tensorflow"), library);
  });
  return library;
}

async function fetchWheel(folder: string): Promise<void> {
  await pipInstall(
    {
      root: projectRoot(),
      variables: Deno.env.toObject(),
      os: Deno.build.os,
    },
    [
      ...["--no-deps", "--require-hashes", "--target", folder],
      // Of the newest Python that it is for, which need not be there.
      ...["--python-version", "3.10", "--implementation", "cp"],
      ...["--platform", "manylinux2014_x86_64"],
      ...["-r", join(benchmarksFolder(), "requirements_tfjs_node.txt")],
    ],
    { what: "tfjs-node's own TensorFlow", diskMegabytes: 900 },
  );
}

/**
 * Links a library that hands on the C API of TensorFlow's Python module. The
 * module wants Python's symbols when it is loaded, though the C API uses none:
 * the library has empty ones.
 */
async function linkWithoutPython(
  folder: string,
  library: string,
): Promise<void> {
  const module = join(folder, "python", "_pywrap_tensorflow_internal.so");
  const listing = await run("nm", ["-D", "--undefined-only", module]);
  const symbols = listing.match(/\b_?Py\w+$/gm) ?? [];
  const source = join(folder, "python_symbols.cc");
  await Deno.writeTextFile(
    source,
    `extern "C" {\n${
      symbols.map((name) => `char ${name}[1024];\n`).join("")
    }}\n`,
  );
  await run(compiler(), [
    ...["-shared", "-fPIC", "-o", `${library}.part`, source],
    // The linker drops what it sees no use of.
    ...["-Wl,--no-as-needed", module, "-Wl,-rpath,$ORIGIN/python"],
  ]);
  await Deno.rename(`${library}.part`, library);
}

async function run(program: string, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(program, args);
  if (code === 0) return stdout;
  throw new Error(`${program} ended with code ${code}: ${stderr}`);
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    unlessMissing(error);
    return false;
  }
}

function unlessMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
