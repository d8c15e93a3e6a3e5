import { basename, join } from "@std/path";

/** A folder that is removed in the end. */
export interface TemporaryFolder extends AsyncDisposable {
  /** Its path. */
  readonly path: string;
  /** Its name. */
  readonly name: string;
}

/**
 * A folder with a copy of all notebooks, so that the committed ones stay as
 * they are. It lies in the project's folder, as deep as `notebooks`, so that
 * what a notebook imports is found, and its name begins with a dot: git, the
 * formatter and the linter leave it alone.
 *
 * @param root The project's folder
 */
export async function copyNotebooks(root: string): Promise<TemporaryFolder> {
  const path = await Deno.makeTempDir({ dir: root, prefix: ".jupyterlab-" });
  const notebooks = join(root, "notebooks");
  for await (const { name } of Deno.readDir(notebooks)) {
    if (!name.endsWith(".ipynb")) continue;
    await Deno.copyFile(join(notebooks, name), join(path, name));
  }
  return {
    path,
    name: basename(path),
    async [Symbol.asyncDispose]() {
      await Deno.remove(path, { recursive: true });
    },
  };
}
