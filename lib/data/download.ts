import { basename } from "@std/path";
import { fileInfo } from "./file_info.ts";
import { hashFile } from "./hash.ts";
import { receive, type ReceiveOptions, ServerError } from "./receive.ts";

/** A file that others publish, and how to know that it is that file. */
export interface RemoteFile {
  /** Where it can be had; each is tried in turn. */
  readonly urls: readonly string[];
  /** Its size in bytes. */
  readonly size: number;
  /** Its MD5 in hexadecimal. */
  readonly md5: string;
}

/** How often one server is asked, as long as each time brings new bytes. */
const TRIES_PER_SERVER = 5;

/**
 * Downloads a file, from where an earlier try stopped.
 *
 * The bytes go to `path` with `.part` added, which is renamed only once its
 * size and MD5 are right. A part goes on with whichever server answers.
 *
 * @param file Where it is, and how to know it.
 * @param path Where to put it, in a folder that is there.
 * @param options Progress, an end, and how long to wait.
 * @throws {Error} If no server gave the file; each failure is named.
 */
export async function downloadFile(
  file: RemoteFile,
  path: string,
  options: ReceiveOptions = {},
): Promise<void> {
  const failures: string[] = [];
  for (const url of file.urls) {
    const failure = await downloadFrom(url, file, path, options);
    if (failure === undefined) return;
    failures.push(`  ${url}: ${failure}`);
  }
  throw new Error(
    `Could not download ${basename(path)}:\n${failures.join("\n")}\n` +
      `A copy from elsewhere, put at ${path}, serves as well`,
  );
}

/**
 * Checks a file's size and then its MD5.
 *
 * @param path The file.
 * @param expected What it should be.
 * @returns What is wrong, or `undefined` if nothing is.
 */
export async function findDamage(
  path: string,
  expected: RemoteFile,
): Promise<string | undefined> {
  const { size } = await Deno.stat(path);
  if (size !== expected.size) {
    return `expected ${expected.size} bytes but found ${size}`;
  }
  const md5 = await hashFile(path, "md5");
  if (md5 !== expected.md5) {
    return `expected MD5 ${expected.md5} but found ${md5}`;
  }
}

/** Returns why the server did not do, or `undefined` if it did. */
async function downloadFrom(
  url: string,
  file: RemoteFile,
  path: string,
  options: ReceiveOptions,
): Promise<string | undefined> {
  for (let tries = 1;; tries++) {
    try {
      await tryServer(url, file, path, options);
      return;
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      if (!error.again || tries === TRIES_PER_SERVER) return error.message;
    }
  }
}

async function tryServer(
  url: string,
  file: RemoteFile,
  path: string,
  options: ReceiveOptions,
): Promise<void> {
  const part = `${path}.part`;
  let start = (await fileInfo(part))?.size ?? 0;
  if (start > file.size) {
    await Deno.remove(part);
    start = 0;
  }
  if (start < file.size) await receive(url, part, start, file.size, options);
  const damage = await findDamage(part, file);
  if (damage !== undefined) {
    await Deno.remove(part);
    // The damage may be older than this server's bytes, from `start` on.
    throw new ServerError(damage, start > 0);
  }
  await Deno.rename(part, path);
}
