/**
 * The predictions of `notebooks/08_pre_activation.ipynb`: what is asked
 * before an experiment, and how that is compared with what came out.
 *
 * @module
 */

import type { ComparedRun } from "../../lab/compare.ts";
import type { Output } from "../../notebook/bundle.ts";
import {
  judgePrediction,
  predict,
  type Prediction,
} from "../../notebook/prediction.ts";
import { judgeLowest } from "../judge_lowest.ts";

const MOST_KEPT: Prediction = {
  question: "On which main path is most left of what came in?",
  choices: ["a", "b", "c", "d", "e"],
};

/** Section 3: notes which placement the reader thinks keeps the signal best. */
export function predictMostKept(answer?: string): Output {
  return predict(MOST_KEPT, answer);
}

/**
 * Section 3: compares the prediction with what was measured.
 *
 * @param ends Of each placement, such as "(a) original", what is kept.
 */
export function judgeMostKept(
  answer: string | undefined,
  ends: readonly { readonly placement: string; readonly kept: number }[],
): Output {
  const sorted = ends.toSorted((a, b) => b.kept - a.kept);
  const figures = sorted.map(({ placement, kept }) =>
    `${kept.toFixed(2)} in ${placement.slice(0, 3)}`
  );
  return judgePrediction(
    MOST_KEPT,
    answer,
    sorted[0]?.placement.slice(1, 2),
    `Correlation with what came in: ${figures.join(", ")}`,
  );
}

const LOWER_LOSS: Prediction = {
  question: "Which of the two will have the lower training loss?",
  choices: ["b", "e"],
};

/** Section 5: notes which of two the reader thinks learns more. */
export function predictLowerLoss(answer?: string): Output {
  return predict(LOWER_LOSS, answer);
}

/**
 * Section 5: compares the prediction with the runs, if both have run out.
 *
 * @param runs Of (b) and (e), in this order.
 */
export function judgeLowerLoss(
  answer: string | undefined,
  runs: readonly Pick<ComparedRun, "record">[],
): Output {
  return judgeLowest(
    LOWER_LOSS,
    answer,
    runs.map(({ record }, i) => ({ name: LOWER_LOSS.choices[i]!, record })),
  );
}

const TRUNCATES_LESS: Prediction = {
  question:
    "Will the original network's ReLUs cut off less of the sums after " +
    "the training than before?",
  choices: ["yes", "no"],
};

/** Exercise 6, before the experiment. */
export function predictTruncatesLess(answer?: string): Output {
  return predict(TRUNCATES_LESS, answer);
}

/**
 * Exercise 6, after the experiment.
 *
 * @param shares The part of the sums below 0 in per cent; empty before the
 * experiment.
 */
export function judgeTruncatesLess(
  answer: string | undefined,
  shares: readonly { readonly before: number; readonly after: number }[],
): Output {
  const [found] = shares;
  return judgePrediction(
    TRUNCATES_LESS,
    answer,
    found && (found.after < found.before ? "yes" : "no"),
    found &&
      `Cut off: ${found.before.toFixed(1)} % before, ${
        found.after.toFixed(1)
      } % after`,
  );
}
