import { removeIfThere } from "./file_info.ts";

/**
 * Writes a file so that nobody ever sees a half of it: under a temporary name
 * beside it, which is then renamed.
 *
 * @param path The file, new or to be replaced.
 * @param content All that it shall hold.
 */
export async function replaceFile(
  path: string,
  content: Uint8Array | string,
): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    if (typeof content === "string") {
      await Deno.writeTextFile(temporary, content);
    } else {
      await Deno.writeFile(temporary, content);
    }
    await Deno.rename(temporary, path);
  } catch (error) {
    await removeIfThere(temporary);
    throw error;
  }
}
