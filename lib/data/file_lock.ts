/**
 * Does something while no other process does the same, such as filling a cache
 * that two notebooks want at once.
 *
 * The operating system gives the lock back when the process ends, however it
 * ends. The empty lock file stays.
 *
 * @param path The lock file.
 * @param action What to do.
 * @returns What the action returns.
 */
export async function withFileLock<T>(
  path: string,
  action: () => Promise<T>,
): Promise<T> {
  using file = await Deno.open(path, { create: true, write: true });
  await file.lock(true);
  return await action();
}
