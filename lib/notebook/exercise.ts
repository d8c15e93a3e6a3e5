import { check } from "./check.ts";

/**
 * An exercise whose answer the cell checks. Until the reader has put in an
 * answer it repeats the question.
 *
 * @example Usage
 * ```ts
 * import { exercise } from "./exercise.ts";
 * import { assertThrows } from "@std/assert";
 *
 * exercise("How many weighted layers has n = 9?", undefined, 56);
 * exercise("How many weighted layers has n = 9?", 56, 56);
 * assertThrows(() => exercise("How many layers has n = 9?", 54, 56));
 * ```
 *
 * @param question The question.
 * @param answer The reader's answer; `undefined` before there is one.
 * @param expected The right answer, computed rather than written down.
 * @throws {Error} If the answer is not the expected one.
 */
export function exercise<T extends number | string>(
  question: string,
  answer: T | undefined,
  expected: T,
): void {
  if (answer === undefined) {
    console.log(`Your turn: ${question}`);
    return;
  }
  check(`${answer} answers "${question}"`, answer === expected);
}
