import { removeIfThere } from "./file_info.ts";

/**
 * Writes a file so that nobody ever sees a half of it: under a temporary name
 * beside it, which is then renamed.
 *
 * @param path The file, new or to be replaced.
 * @param content All that it shall hold; in parts, if it is too much to be held
 * twice.
 */
export async function replaceFile(
  path: string,
  content: Uint8Array | string | ReadableStream<Uint8Array>,
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
