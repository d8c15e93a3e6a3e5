/** What an answer can be: any number where the right one is 56. */
export type Answer<T> = T extends number ? number
  : T extends string ? string
  : boolean;

/** What is said to a typical wrong answer. */
export interface Remark<T> {
  /** The answer, or which answers. */
  readonly to: T | ((answer: T) => boolean);
  /** What is behind it, and where to look, without giving the answer away. */
  readonly say: string;
}

/** Options for {@linkcode exercise}. */
export interface ExerciseOptions<T> {
  /** Said to wrong answers; the first that fits. */
  readonly remarks?: readonly Remark<T>[];
  /** Why the right answer is right: said when it is given. */
  readonly because?: string;
  /** How far a number may be from the right one, as a part of it. Default 0. */
  readonly tolerance?: number;
}

/**
 * An exercise whose answer the cell checks. Until the reader has put in an
 * answer it repeats the question; to a typical wrong answer it says what is
 * behind it.
 *
 * @example Usage
 * ```ts
 * import { exercise } from "./exercise.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const question = "How many weighted layers has n = 9?";
 * const remarks = [{ to: 54, say: "Two more layers are outside the stages" }];
 * exercise(question, undefined, 56, { remarks });
 * exercise(question, 56, 56, { remarks });
 * assertThrows(
 *   () => exercise(question, 54, 56, { remarks }),
 *   Error,
 *   "54 is not it yet. Two more layers are outside the stages",
 * );
 * ```
 *
 * @param question The question.
 * @param answer The reader's answer; `undefined` before there is one. Upper or
 * lower case is the same.
 * @param expected The right answer, computed rather than written down;
 * `undefined` while the reader's experiment that gives it has not run.
 * @param options Remarks on wrong answers, words on the right one, and how
 * exact a number must be.
 * @throws {Error} If the answer is not the expected one.
 */
export function exercise<T extends number | string | boolean>(
  question: string,
  answer: Answer<T> | undefined,
  expected: T | undefined,
  options: ExerciseOptions<Answer<T>> = {},
): void {
  if (expected === undefined) {
    console.log(`Your turn, experiment first: ${question}`);
    return;
  }
  if (answer === undefined) {
    console.log(`Your turn: ${question}`);
    return;
  }
  const { remarks = [], because, tolerance = 0 } = options;
  const given = String(answer).trim();
  if (isSame(answer, expected, tolerance)) {
    console.log(`✓ ${given} is right.${because ? ` ${because}` : ""}`);
    return;
  }
  const remark = remarks.find(({ to }) =>
    typeof to === "function" ? to(answer) : isSame(answer, to, tolerance)
  );
  throw new Error(
    `${given} is not it yet. ${remark?.say ?? "Unfold the hint, try again"}`,
  );
}

function isSame(
  a: number | string | boolean,
  b: number | string | boolean,
  tolerance: number,
): boolean {
  if (typeof a === "number" && typeof b === "number") {
    return Math.abs(a - b) <= tolerance * Math.abs(b);
  }
  return String(a).trim().toLowerCase() === String(b).trim().toLowerCase();
}
