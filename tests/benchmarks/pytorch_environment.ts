import { join } from "@std/path";
import { replaceFile } from "../../lib/data/replace_file.ts";
import { assertRoom } from "../../lib/setup/disk_room.ts";
import { findPython } from "../../lib/setup/find_python.ts";
import { makeVenv, pipInstall } from "../../lib/setup/pip.ts";
import { withProgress } from "../../lib/setup/progress.ts";
import { venvFolder, venvPython } from "../../lib/setup/project.ts";
import { fingerprint } from "../../lib/setup/stamp.ts";
import { benchmarksFolder } from "./folders.ts";

const ROOM_MEGABYTES = 6_500;

/**
 * Makes the benchmarks' own Python environment with PyTorch, unless it is
 * there: 2.5 GB to fetch, in `tests/benchmarks/.venv`. The variable
 * `PYTORCH_PYTHON` names a Python that has PyTorch, to be used instead.
 *
 * @param gpu Whether PyTorch is to compute on a GPU.
 * @returns Path of its Python.
 * @throws {SetupFailure} If it cannot be made.
 */
export async function pytorchPython(gpu: boolean): Promise<string> {
  const named = Deno.env.get("PYTORCH_PYTHON");
  if (named) return named;
  const root = benchmarksFolder();
  const python = venvPython(root);
  const files = [
    join(root, "requirements.txt"),
    ...gpu ? [join(root, "requirements_cuda.txt")] : [],
  ];
  const wanted = await fingerprint(
    ...await Promise.all(files.map((file) => Deno.readTextFile(file))),
  );
  const stamp = join(venvFolder(root), "finished.txt");
  if (await readIfThere(stamp) === wanted) return python;
  const environment = {
    root,
    variables: Deno.env.toObject(),
    os: Deno.build.os,
  };
  await withProgress("Installing PyTorch for the benchmarks", async () => {
    await assertRoom(root, "PyTorch", ROOM_MEGABYTES);
    const { path } = await findPython({
      environment: environment.variables,
      os: Deno.build.os,
    });
    await makeVenv(environment, path);
    await pipInstall(
      environment,
      [
        "--no-deps",
        "--require-hashes",
        ...files.flatMap((file) => ["-r", file]),
      ],
      { what: "PyTorch", diskMegabytes: ROOM_MEGABYTES },
    );
  });
  await replaceFile(stamp, wanted);
  return python;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
