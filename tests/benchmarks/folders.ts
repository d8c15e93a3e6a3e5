import { fromFileUrl, join } from "@std/path";
import { cacheDirectory } from "../../lib/data/cache_directory.ts";

/** This folder, which holds the benchmarks' own Python environment too. */
export function benchmarksFolder(): string {
  return fromFileUrl(new URL(".", import.meta.url)).replace(/[\\/]$/, "");
}

/** Where the machine's results are kept. */
export function resultsFolder(): string {
  return join(benchmarksFolder(), "results");
}

/** Where values that workers read are written; made if missing. */
export async function scratchFolder(): Promise<string> {
  const folder = join(cacheDirectory(), "benchmarks");
  await Deno.mkdir(folder, { recursive: true });
  return folder;
}
