import type { Output } from "./bundle.ts";
import { verdict, wrongAnswer } from "./verdict.ts";

/** Something to predict before an experiment tells. */
export interface Prediction {
  /** What is asked, and the text does not tell. */
  readonly question: string;
  /** What can be answered. */
  readonly choices: readonly string[];
}

/**
 * Notes a prediction before the experiment; one that is none of the choices is
 * named, with the choice that it may stand for.
 *
 * @example Usage
 * ```ts
 * import { predict } from "./prediction.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const asked = { question: "Which learns faster?", choices: ["A-1", "B-2"] };
 * assertEquals(
 *   predict(asked, "b2").bundle["text/plain"],
 *   '✗ "b2" is none of A-1, B-2: do you mean B-2?',
 * );
 * ```
 *
 * @param asked What is asked, and what can be answered.
 * @param answer The reader's prediction; `undefined` before there is one.
 * @returns What is said, to be shown.
 * @throws {Error} If the answer is none of the choices and nobody reads.
 */
export function predict(asked: Prediction, answer?: string): Output {
  const { question, choices } = asked;
  if (answer === undefined) {
    return verdict("open", `Your turn: ${question} (${choices.join(", ")})`);
  }
  const choice = choiceOf(asked, answer);
  if (choice === undefined) return noChoice(asked, answer);
  return verdict("open", `Noted: ${choice}. The experiment will tell`);
}

/**
 * Judges a prediction after the experiment. A wrong one is no failure, with or
 * without a reader: that is what experiments are for.
 *
 * @example Usage
 * ```ts
 * import { judgePrediction } from "./prediction.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const asked = { question: "Which learns faster?", choices: ["A-1", "B-2"] };
 * assertEquals(
 *   judgePrediction(asked, "A-1", "B-2").bundle["text/plain"],
 *   "✗ You predicted A-1, but it is B-2.",
 * );
 * ```
 *
 * @param asked What was asked, and what could be answered.
 * @param answer The reader's prediction; `undefined` if there is none.
 * @param found What the experiment tells; several choices if it does not tell them
 * apart; `undefined` before it has run.
 * @param because The figures, or the reason.
 * @returns What is said, to be shown.
 * @throws {Error} If the answer is none of the choices and nobody reads.
 */
export function judgePrediction(
  asked: Prediction,
  answer: string | undefined,
  found: string | readonly string[] | undefined,
  because?: string,
): Output {
  if (found === undefined) {
    return verdict("open", `Your turn, experiment first: ${asked.question}`);
  }
  const reason = because ? ` ${because}` : "";
  if (answer === undefined) {
    return verdict(
      "open",
      `Your turn, predict above first, and run both cells: ${asked.question}`,
    );
  }
  const choice = choiceOf(asked, answer);
  if (choice === undefined) return noChoice(asked, answer);
  const alike = [found].flat();
  const names = alike.join(" or ");
  if (!alike.includes(choice)) {
    return verdict(
      "wrong",
      `You predicted ${choice}, but it is ${names}.${reason}`,
    );
  }
  return alike.length > 1
    ? verdict(
      "open",
      `You predicted ${choice}; whether it is ${names} these runs cannot tell.${reason}`,
    )
    : verdict("right", `You predicted ${choice}, and so it is.${reason}`);
}

/** The choice that an answer is; upper or lower case is the same. */
function choiceOf({ choices }: Prediction, answer: string): string | undefined {
  const wanted = String(answer).trim().toLowerCase();
  return choices.find((choice) => choice.toLowerCase() === wanted);
}

function noChoice({ choices }: Prediction, answer: string): Output {
  const letters = (words: string) =>
    [...String(words).toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")].sort()
      .join("");
  const meant = choices.filter((choice) => letters(choice) === letters(answer));
  const hint = meant.length === 1 ? `: do you mean ${meant[0]}?` : "";
  return wrongAnswer(
    `${JSON.stringify(answer)} is none of ${choices.join(", ")}${hint}`,
  );
}
