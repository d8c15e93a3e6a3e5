const TEXT = "images could not be decoded and were left out: ";

/**
 * A record's note of the images that a run left out; the first of them by name.
 *
 * @param paths Their places below the data set's folder: a record is for others
 * too, who have the folder elsewhere.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { leftOutNote } from "./left_out_note.ts";
 *
 * assertEquals(
 *   leftOutNote(["train/cat/1.jpg", "val/dog/2.jpg"]),
 *   "2 images could not be decoded and were left out: train/cat/1.jpg, val/dog/2.jpg",
 * );
 * ```
 */
export function leftOutNote(paths: readonly string[]): string {
  const named = paths.slice(0, 5).join(", ");
  const others = paths.length > 5 ? ", ..." : "";
  return `${paths.length} ${TEXT}${named}${others}`;
}

/** Whether a note is one of {@linkcode leftOutNote}. */
export function isLeftOutNote(note: string): boolean {
  return new RegExp(`^\\d+ ${TEXT}`).test(note);
}
