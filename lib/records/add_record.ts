import { join } from "@std/path";
import { fileInfo } from "../data/file_info.ts";
import { isLeftOutNote } from "./left_out_note.ts";
import { recordsDirectory } from "./records_directory.ts";
import { readRecord } from "./read_record.ts";
import type { RunRecord } from "./schema.ts";
import { writeRecord } from "./write_record.ts";

/**
 * Writes a lab record to a file of its own: if there is one of its name, or
 * another process is writing it, it gets a number, such as `-2`. No record of
 * another run is replaced.
 *
 * @param directory The folder to write to, by default `data/runs`; made if it is
 * not there.
 * @param options `resumed`: whether the run went on from a checkpoint. The record
 * that it left when it was stopped, that of its name and checksum, is replaced
 * then; notes in it are kept, but that of images left out: the run's new one
 * counts these too.
 * @returns The record by the name that it got, and its file.
 * @throws {TypeError} If it is no lab record; the fields that are wrong are named.
 */
export async function addRecord(
  record: RunRecord,
  directory: string = recordsDirectory(),
  { resumed = false }: { readonly resumed?: boolean } = {},
): Promise<{ readonly record: RunRecord; readonly path: string }> {
  await Deno.mkdir(directory, { recursive: true });
  for (let number = 1;; number++) {
    const id = number === 1 ? record.id : `${record.id}-${number}`;
    await using taken = await take(join(directory, `.${id}.taken`));
    if (!taken) continue;
    // Whoever writes the file has taken the name: from here on nobody else does.
    const path = join(directory, `${id}.json`);
    const isFree = await fileInfo(path) === null;
    const before = !isFree && resumed ? await earlier(path, record) : undefined;
    if (!isFree && !before) continue;
    const earlierNotes = before?.notes.filter((note) => !isLeftOutNote(note));
    const notes = new Set([...earlierNotes ?? [], ...record.notes]);
    const named = { ...record, id, notes: [...notes] };
    return { record: named, path: await writeRecord(named, directory) };
  }
}

/** What a run left in a file when it was stopped, if the file is that run's. */
async function earlier(
  path: string,
  { identity }: RunRecord,
): Promise<RunRecord | undefined> {
  try {
    const found = await readRecord(path);
    const { identity: same, stoppedBy } = found;
    return same === identity && stoppedBy !== "steps" ? found : undefined;
  } catch {
    // Whatever it is, it is not this run's.
    return undefined;
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
