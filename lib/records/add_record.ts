import { join } from "@std/path";
import { fileInfo } from "../data/file_info.ts";
import { recordsDirectory } from "./records_directory.ts";
import type { RunRecord } from "./schema.ts";
import { writeRecord } from "./write_record.ts";

/**
 * Writes a lab record to a file of its own: if there is one of its name, or
 * another process is writing it, it gets a number, such as `-2`. No other record
 * is replaced.
 *
 * @param directory The folder to write to, by default `data/runs`; made if it is
 * not there.
 * @returns The record by the name that it got, and its file.
 * @throws {TypeError} If it is no lab record; the fields that are wrong are named.
 */
export async function addRecord(
  record: RunRecord,
  directory: string = recordsDirectory(),
): Promise<{ readonly record: RunRecord; readonly path: string }> {
  await Deno.mkdir(directory, { recursive: true });
  for (let number = 1;; number++) {
    const id = number === 1 ? record.id : `${record.id}-${number}`;
    await using taken = await take(join(directory, `.${id}.taken`));
    if (!taken) continue;
    // Whoever writes the file has taken the name: from here on nobody else does.
    if (await fileInfo(join(directory, `${id}.json`))) continue;
    const named = { ...record, id };
    return { record: named, path: await writeRecord(named, directory) };
  }
}

/** Takes a name, if nobody else has, until it is disposed of. */
async function take(path: string): Promise<AsyncDisposable | undefined> {
  try {
    using _ = await Deno.open(path, { createNew: true, write: true });
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return undefined;
    throw error;
  }
  return { [Symbol.asyncDispose]: () => Deno.remove(path) };
}
