import { encodeHex } from "@std/encoding";
import { join } from "@std/path";
import * as z from "zod";
import { replaceFile } from "../data/replace_file.ts";
import { venvFolder } from "./project.ts";

const stampSchema = z.object({
  environment: z.string(),
  tensorflow: z.string().nullable(),
  choice: z.enum(["gpu", "cpu", "auto"]),
});

/**
 * What the set-up has finished, kept inside `.venv`. A part that was not
 * finished is not in it, so a run that was cut off is seen by the next.
 */
export type Stamp = z.infer<typeof stampSchema>;

/** Where the stamp is kept. */
export function stampFile(root: string): string {
  return join(venvFolder(root), "setup.json");
}

/** Reads the stamp; `undefined` where none, or no whole one, was left. */
export async function readStamp(root: string): Promise<Stamp | undefined> {
  try {
    return stampSchema.parse(
      JSON.parse(await Deno.readTextFile(stampFile(root))),
    );
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound || error instanceof SyntaxError ||
      error instanceof z.ZodError
    ) return undefined;
    throw error;
  }
}

/** Writes the stamp. */
export async function writeStamp(root: string, stamp: Stamp): Promise<void> {
  await replaceFile(stampFile(root), JSON.stringify(stamp, null, 2) + "\n");
}

/**
 * A short fingerprint of some texts, the same for the same texts.
 *
 * @example
 * ```ts
 * import { assertEquals, assertNotEquals } from "@std/assert";
 * import { fingerprint } from "./stamp.ts";
 *
 * assertEquals(await fingerprint("a", "b"), await fingerprint("a", "b"));
 * assertNotEquals(await fingerprint("a", "b"), await fingerprint("ab"));
 * ```
 */
export async function fingerprint(...texts: string[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(texts));
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return encodeHex(new Uint8Array(hash)).slice(0, 16);
}
