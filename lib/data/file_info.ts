/**
 * Looks at a file or folder that need not be there.
 *
 * @param path The file or folder.
 * @returns What the file system knows of it, or `null` where nothing is.
 */
export async function fileInfo(path: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/**
 * Removes a file or folder, if it is there.
 *
 * @param path The file or folder, with all that it holds.
 */
export async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
