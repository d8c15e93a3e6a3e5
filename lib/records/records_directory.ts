import { fromFileUrl } from "@std/path";

/**
 * The folder of the project's lab records: `data/runs`.
 *
 * @returns The absolute path.
 */
export function recordsDirectory(): string {
  return fromFileUrl(new URL("../../data/runs", import.meta.url));
}
