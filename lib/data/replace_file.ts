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
    using file = await Deno.open(temporary, { createNew: true, write: true });
    const stream = typeof content === "string" || content instanceof Uint8Array
      ? new Blob([content as BlobPart]).stream()
      : content;
    await stream.pipeTo(file.writable, { preventClose: true });
    // A power cut must not leave the new name on bytes that never reached the
    // disk.
    await file.sync();
    await Deno.rename(temporary, path);
  } catch (error) {
    await removeIfThere(temporary);
    throw error;
  }
}
