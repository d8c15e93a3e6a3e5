import { basename, join } from "@std/path";
import { downloadFile, findDamage, type RemoteFile } from "./download.ts";
import { fileInfo } from "./file_info.ts";
import { withFileLock } from "./file_lock.ts";
import type { ReceiveOptions } from "./receive.ts";
import { unpackTarGzip } from "./unpack.ts";

/** A published archive, and the files that are wanted of it. */
export interface Archive extends RemoteFile {
  /** Its file name. */
  readonly name: string;
  /** The folder that its files go to, inside the cache. */
  readonly directory: string;
  /** The files to unpack, by their last name. */
  readonly files: readonly string[];
}

/**
 * Makes sure that an archive's files are in the cache: downloads and unpacks
 * it where they are not.
 *
 * An archive that somebody put into the cache by hand serves as well. The
 * archive itself is deleted once it is unpacked.
 *
 * @param archive The archive.
 * @param cacheDirectory The cache; made if it is not there.
 * @param options Progress, an end, and how long to wait.
 * @returns The folder that holds the files.
 * @throws {Error} If it can't be downloaded, is not the right one, or lacks a file.
 */
export async function ensureUnpacked(
  archive: Archive,
  cacheDirectory: string,
  options: ReceiveOptions = {},
): Promise<string> {
  const directory = join(cacheDirectory, archive.directory);
  if (await fileInfo(directory)) return directory;
  await Deno.mkdir(cacheDirectory, { recursive: true });
  return await withFileLock(`${directory}.lock`, async () => {
    if (await fileInfo(directory)) return directory;
    const path = join(cacheDirectory, basename(archive.name));
    if (await fileInfo(path)) await checkArchive(path, archive);
    else await downloadFile(archive, path, options);
    await unpackTarGzip(path, directory, archive.files);
    await Deno.remove(path);
    return directory;
  });
}

async function checkArchive(path: string, archive: Archive): Promise<void> {
  const damage = await findDamage(path, archive);
  if (damage !== undefined) {
    throw new Error(
      `${path} is not the archive that was published: ${damage}; ` +
        "delete it to have it downloaded",
    );
  }
}
