import { fromFileUrl } from "@std/path";

/**
 * The folder that holds what the project has downloaded: `data/cache` in the
 * project. It can be deleted at any time.
 *
 * @returns The absolute path.
 */
export function cacheDirectory(): string {
  return fromFileUrl(new URL("../../data/cache", import.meta.url));
}
