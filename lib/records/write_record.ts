import { join } from "@std/path";
import { replaceFile } from "../data/replace_file.ts";
import { formatRecord } from "./format_record.ts";
import { parseRecord } from "./parse_record.ts";
import { recordsDirectory } from "./records_directory.ts";
import type { RunRecord } from "./schema.ts";

/**
 * Checks a lab record and writes it to the file that its `id` names; one of the
 * same name is replaced.
 *
 * @param record The record.
 * @param directory The folder to write to, by default `data/runs`; made if it is
 * not there.
 * @returns The file's path.
 * @throws {TypeError} If it is no lab record; the fields that are wrong are named.
 */
export async function writeRecord(
  record: RunRecord,
  directory: string = recordsDirectory(),
): Promise<string> {
  const checked = parseRecord(record, `The record "${record.id}"`);
  await Deno.mkdir(directory, { recursive: true });
  const path = join(directory, `${checked.id}.json`);
  await replaceFile(path, formatRecord(checked));
  return path;
}
