import { join } from "@std/path";
import { readRecord } from "./read_record.ts";
import { recordsDirectory } from "./records_directory.ts";
import type { RunRecord } from "./schema.ts";

/**
 * Reads all lab records of a folder.
 *
 * @param directory The folder, by default `data/runs`.
 * @param onRefused Told of each `.json` file that is no lab record, which is
 * then left out. Default: it is thrown.
 * @returns The records by `id`, none if there is no such folder.
 * @throws {TypeError} If one of the `.json` files is no lab record, and there is
 * no `onRefused`.
 */
export async function listRecords(
  directory: string = recordsDirectory(),
  onRefused?: (path: string, error: Error) => void,
): Promise<RunRecord[]> {
  const names = await jsonFiles(directory);
  const records = await Promise.all(names.map(async (name) => {
    const path = join(directory, name);
    try {
      return [await readRecord(path)];
    } catch (error) {
      if (onRefused === undefined || !(error instanceof Error)) throw error;
      onRefused(path, error);
      return [];
    }
  }));
  return records.flat();
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
