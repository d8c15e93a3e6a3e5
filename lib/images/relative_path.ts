import { relative } from "@std/path";

/**
 * A file's place below a folder, the same on all systems.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { relativePath } from "./relative_path.ts";
 *
 * assertEquals(relativePath("photos", "photos/train/cat/1.jpg"), "train/cat/1.jpg");
 * ```
 */
export function relativePath(directory: string, path: string): string {
  return relative(directory, path).replaceAll("\\", "/");
}
