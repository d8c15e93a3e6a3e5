import { basename } from "@std/path";
import { parseRecord } from "./parse_record.ts";
import type { RunRecord } from "./schema.ts";

/**
 * Reads a lab record and checks it.
 *
 * @param path The record's file, named by its `id`.
 * @returns The record.
 * @throws {TypeError} If it is no lab record; the file, the fields that are
 * wrong and what was expected are named.
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function readRecord(path: string): Promise<RunRecord> {
  const record = parseRecord(parseJson(await readText(path), path), path);
  if (basename(path) !== `${record.id}.json`) {
    throw new TypeError(
      `Expected the id of ${path} to be "${
        basename(path, ".json")
      }" but found "${record.id}"`,
    );
  }
  return record;
}

async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Deno.errors.NotFound(
      `Expected a lab record at ${path} but found no file`,
      { cause: error },
    );
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TypeError(`${path} is not JSON: ${error.message}`);
  }
}
