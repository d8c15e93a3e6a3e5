import { join } from "@std/path";
import { readRecord } from "./read_record.ts";
import { recordsDirectory } from "./records_directory.ts";
import type { RunRecord } from "./schema.ts";

/**
 * Reads all lab records of a folder.
 *
 * @param directory The folder, by default `data/runs`.
 * @returns The records by `id`, none if there is no such folder.
 * @throws {TypeError} If one of the `.json` files is no lab record.
 */
export async function listRecords(
  directory: string = recordsDirectory(),
): Promise<RunRecord[]> {
  const names = await jsonFiles(directory);
  return await Promise.all(
    names.map((name) => readRecord(join(directory, name))),
  );
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
