import { join } from "@std/path";
import { readRecord } from "./read_record.ts";
import { recordsDirectory } from "./records_directory.ts";
import type { RunRecord } from "./schema.ts";

/**
 * Reads all lab records of a folder.
 *
 * @param directory The folder, by default `data/runs`.
 * @param onRefused Told of each `.json` file that is no lab record, which is
 * left out. Default: a warning, one for each file.
 * @returns The records by `id`, none if there is no such folder.
 */
export async function listRecords(
  directory: string = recordsDirectory(),
  onRefused: (path: string, error: Error) => void = warnOnce,
): Promise<RunRecord[]> {
  const names = await jsonFiles(directory);
  const records = await Promise.all(names.map(async (name) => {
    const path = join(directory, name);
    try {
      return [await readRecord(path)];
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      onRefused(path, error);
      return [];
    }
  }));
  return records.flat();
}

/** Files that a warning was given of: a sweep looks at a folder many times. */
const warned = new Set<string>();

function warnOnce(path: string, error: Error): void {
  if (warned.has(path)) return;
  warned.add(path);
  const [first, second = ""] = error.message.split("\n");
  console.warn(`Left out a file that is no lab record: ${first}${second}`);
}

async function jsonFiles(directory: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(directory));
    return entries.filter(({ isFile, name }) =>
      isFile && name.endsWith(".json")
    )
      .map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
