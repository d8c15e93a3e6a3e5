import { dirname, join } from "@std/path";

/**
 * The project's folder, as an absolute path.
 *
 * @example The folder of the project
 * ```ts
 * import { assert } from "@std/assert";
 * import { projectRoot } from "./project.ts";
 *
 * assert(Deno.statSync(`${projectRoot()}/deno.json`).isFile);
 * ```
 */
export function projectRoot(): string {
  const here = import.meta.dirname;
  if (here === undefined) {
    throw new Error("Expected the project to lie on a local disk");
  }
  return dirname(dirname(here));
}

/** The folder of the project's own Python environment. */
export function venvFolder(root: string = projectRoot()): string {
  return join(root, ".venv");
}

/** The Python interpreter of the project's own environment. */
export function venvPython(
  root: string = projectRoot(),
  os: typeof Deno.build.os = Deno.build.os,
): string {
  return os === "windows"
    ? join(venvFolder(root), "Scripts", "python.exe")
    : join(venvFolder(root), "bin", "python");
}

/**
 * The `site-packages` folders of the project's own environment: one, or none
 * before it is set up.
 */
export function sitePackages(
  root: string = projectRoot(),
  os: typeof Deno.build.os = Deno.build.os,
): string[] {
  if (os === "windows") {
    return [join(venvFolder(root), "Lib", "site-packages")];
  }
  const lib = join(venvFolder(root), "lib");
  try {
    return [...Deno.readDirSync(lib)]
      .filter(({ name }) => /^python3\.\d+$/.test(name))
      .map(({ name }) => join(lib, name, "site-packages"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
