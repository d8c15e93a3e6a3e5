import { join } from "@std/path";
import { withFileLock } from "../data/file_lock.ts";
import type { ProgressOutput } from "./progress.ts";
import { venvFolder } from "./project.ts";

/** The lock's name inside `.venv`. */
export const LOCK_NAME = "setup.lock";

/** Runs `work` while no other set-up of this project runs. */
export async function withSetupLock<T>(
  root: string,
  output: ProgressOutput,
  work: () => Promise<T>,
): Promise<T> {
  const folder = venvFolder(root);
  await Deno.mkdir(folder, { recursive: true });
  const timer = setTimeout(
    () =>
      output.write("Waiting for another set-up of this project to finish\n"),
    500,
  );
  try {
    return await withFileLock(join(folder, LOCK_NAME), () => {
      clearTimeout(timer);
      return work();
    });
  } finally {
    clearTimeout(timer);
  }
}
