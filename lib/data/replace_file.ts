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
    await writeThrough(temporary, content);
    await Deno.rename(temporary, path);
  } catch (error) {
    await removeIfThere(temporary);
    throw error;
  }
}

/** Writes a new file, and waits until it is on the disk. */
async function writeThrough(
  path: string,
  content: Uint8Array | string | ReadableStream<Uint8Array>,
): Promise<void> {
  using file = await Deno.open(path, { createNew: true, write: true });
  for await (const part of partsOf(content)) {
    for (let written = 0; written < part.length;) {
      written += await file.write(part.subarray(written));
    }
  }
  // A power cut must not leave the new name on bytes that never reached the
  // disk.
  await file.sync();
}

function partsOf(
  content: Uint8Array | string | ReadableStream<Uint8Array>,
): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  if (typeof content === "string") return [new TextEncoder().encode(content)];
  return content instanceof Uint8Array ? [content] : content;
}
