import { statfs } from "node:fs/promises";
import { gigabytes } from "./explain_pip.ts";
import { SetupFailure } from "./setup_failure.ts";

/**
 * Asserts that a disk has room for what is to be installed, before it is
 * fetched.
 *
 * @param folder A folder on the disk
 * @param what What is to be installed, in words
 * @param megabytes The room that it takes
 * @throws {SetupFailure} If there is less
 */
export async function assertRoom(
  folder: string,
  what: string,
  megabytes: number,
): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize / 1e6;
  if (free >= megabytes) return;
  throw new SetupFailure(
    `The disk is full: ${what} needs ${gigabytes(megabytes)} and ${
      gigabytes(free)
    } are free at ${folder}`,
    `free ${gigabytes(megabytes - free)} and run this again`,
  );
}
