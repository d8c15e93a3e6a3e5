import type { Output } from "./bundle.ts";
import { verdict, wrongAnswer } from "./verdict.ts";

/** What an answer can be: each number, where the right one is the number 56. */
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
  /** Answers that are as right as the expected one. */
  readonly alsoRight?: readonly T[];
  /** Why the right answer is right: said when it is given. */
  readonly because?: string;
  /** How far a number may be from the right one, as a part of it. Default 0. */
  readonly tolerance?: number;
}

/**
 * Checks the answer to an exercise. Until there is one it repeats the question;
 * to a typical wrong answer it says what is behind it.
 *
 * A notebook's exercises are functions of a module of their own, in
 * `lib/exercises`, so that the cell which asks for the answer does not hold it:
 *
 * ```ts ignore
 * await show(exercises.layers(undefined)); // the answer goes in here
 * ```
 *
 * @example Usage
 * ```ts
 * import { exercise } from "./exercise.ts";
 * import { assertEquals } from "@std/assert";
 *
 * function layers(answer?: number) {
 *   return exercise("How many weighted layers has n = 9?", answer, 6 * 9 + 2, {
 *     remarks: [{ to: 54, say: "Two more layers are outside the stages" }],
 *   });
 * }
 * const words = [undefined, 54, 56].map((answer) =>
 *   layers(answer).bundle["text/plain"]
 * );
 * assertEquals(words, [
 *   "Your turn: How many weighted layers has n = 9?",
 *   "✗ 54 is not it yet. Two more layers are outside the stages",
 *   "✓ 56 is right.",
 * ]);
 * ```
 *
 * @param question The question.
 * @param answer The reader's answer; `undefined` before there is one. Upper or
 * lower case is the same.
 * @param expected The right answer, computed rather than written down;
 * `undefined` while the reader's experiment that gives it has not run.
 * @param options Remarks on wrong answers, words on the right one, and how
 * exact a number must be.
 * @returns What is said, to be shown.
 * @throws {Error} If the answer is wrong and nobody reads: see
 * {@linkcode wrongAnswer}.
 */
export function exercise<T extends number | string | boolean>(
  question: string,
  answer: Answer<T> | undefined,
  expected: T | undefined,
  options: ExerciseOptions<Answer<T>> = {},
): Output {
  if (expected === undefined) {
    return verdict("open", `Your turn, experiment first: ${question}`);
  }
  if (answer === undefined) return verdict("open", `Your turn: ${question}`);
  const { remarks = [], alsoRight = [], because, tolerance = 0 } = options;
  const given = typeof answer === "string" ? answer.trim() : String(answer);
  if (typeof answer !== typeof expected) {
    return wrongAnswer(
      `Expected ${KINDS[typeof expected]} but found ${JSON.stringify(answer)}`,
    );
  }
  if ([expected, ...alsoRight].some((one) => isSame(answer, one, tolerance))) {
    return verdict(
      "right",
      `${given} is right.${because ? ` ${because}` : ""}`,
    );
  }
  const remark = remarks.find(({ to }) =>
    typeof to === "function" ? to(answer) : isSame(answer, to, tolerance)
  );
  const near = typeof answer === "number" && tolerance > 0 &&
    isSame(answer, expected, NEAR);
  const say = remark?.say ??
    (near ? "But near: give more digits" : "Unfold the hint, try again");
  return wrongAnswer(`${given} is not it yet. ${say}`);
}

/** A number that is off by such a part may be a rounded one. */
const NEAR = 0.05;

/** What answers look like in a cell, by their type. */
const KINDS: Readonly<Record<string, string>> = {
  number: "a number, without quotes,",
  string: "a text in quotes",
  boolean: "true or false, without quotes,",
};

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
