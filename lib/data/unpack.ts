import { basename } from "@std/path";
import { extract } from "tar";
import { removeIfThere } from "./file_info.ts";

/**
 * Unpacks some files of a `.tar.gz`, which holds them in one folder, into a new
 * folder. The archive is read as a stream.
 *
 * They go to a temporary folder beside the new one, which is renamed once all
 * are there.
 *
 * @param archive The archive's path.
 * @param directory The folder to make.
 * @param names The files to unpack, by their last name.
 * @throws {Error} If the archive is damaged or a file is not in it.
 */
export async function unpackTarGzip(
  archive: string,
  directory: string,
  names: readonly string[],
): Promise<void> {
  const temporary = `${directory}.part`;
  await removeIfThere(temporary);
  await Deno.mkdir(temporary, { recursive: true });
  try {
    await unpackFiles(archive, temporary, new Set(names));
    await Deno.rename(temporary, directory);
  } catch (error) {
    await removeIfThere(temporary);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Could not unpack ${archive}: ${reason}`, { cause: error });
  }
}

async function unpackFiles(
  archive: string,
  directory: string,
  missing: Set<string>,
): Promise<void> {
  await extract({
    file: archive,
    cwd: directory,
    strip: 1,
    strict: true,
    preserveOwner: false,
    filter: (path, entry) =>
      "type" in entry && entry.type === "File" &&
      missing.delete(basename(path)),
  });
  if (missing.size > 0) {
    throw new Error(`Expected ${[...missing].join(", ")} but found none`);
  }
}
