/**
 * The candidate that takes the fewest changes of a letter to get to from a
 * text: what was probably meant.
 *
 * @returns `undefined` if there are no candidates.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { nearest } from "./nearest.ts";
 *
 * assertEquals(nearest("resnt", ["plain", "resnet", "vgg"]), "resnet");
 * ```
 */
export function nearest(
  text: string,
  candidates: Iterable<string>,
): string | undefined {
  return Array.from(candidates, (candidate) => ({
    candidate,
    changes: editDistance(text.toLowerCase(), candidate.toLowerCase()),
  })).toSorted((a, b) => a.changes - b.changes)[0]?.candidate;
}

/** Letters to insert, remove or replace (Levenshtein 1966). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const replaced = row[j]! + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
