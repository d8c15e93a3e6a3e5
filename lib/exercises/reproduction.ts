/**
 * The exercises of `notebooks/09_reproduction.ipynb`: what is asked, what is
 * right, and what is said to typical slips. Their answers are here, out of sight
 * of the notebook: read it afterwards.
 *
 * @module
 */

import { expectedSeconds } from "../lab/expected_seconds.ts";
import type { JudgedClaim, Verdict } from "../lab/judge_claims.ts";
import { cifarResNet } from "../networks/cifar.ts";
import type { Output } from "../notebook/bundle.ts";
import { exercise } from "../notebook/exercise.ts";
import {
  judgePrediction,
  predict,
  type Prediction,
} from "../notebook/prediction.ts";
import { verdict, wrongAnswer } from "../notebook/verdict.ts";
import { paperRow } from "../paper/paper_table.ts";
import { R15_TABLE_6 } from "../paper/r15_cifar.ts";
import { R15_TABLE_3 } from "../paper/r15_imagenet.ts";
import { R16_TABLE_2 } from "../paper/r16_units.ts";
import {
  ASSUMED_DEVIATION,
  standardErrorOfDifference,
} from "../records/errs_less.ts";
import type { RunRecord } from "../records/schema.ts";
import { paperRecipe } from "../training/recipe.ts";
import { faultOfPlan, type PlannedRun } from "./fair_plan.ts";

export type { PlannedRun };

const VERDICTS: readonly Verdict[] = ["supports", "contradicts", "cannot tell"];

const MOST: Prediction = {
  question: "Which verdict will be the most frequent?",
  choices: VERDICTS,
};

/** Section 4: notes which verdict the reader expects most often. */
export function predictMostFrequent(answer?: string): Output {
  return predict(MOST, answer);
}

/** Section 4: compares the prediction with the verdicts. */
export function judgeMostFrequent(
  answer: string | undefined,
  claims: readonly Pick<JudgedClaim, "verdict">[],
): Output {
  const counts = VERDICTS.map((kind) => ({
    kind,
    count: claims.filter(({ verdict }) => verdict === kind).length,
  }));
  const most = Math.max(...counts.map(({ count }) => count));
  const kinds = counts.filter(({ count }) => count === most)
    .map(({ kind }) => kind);
  const figures = counts.map(({ kind, count }) => `${kind}: ${count}`)
    .join(", ");
  const own = kinds.find((kind) =>
    kind === String(answer).trim().toLowerCase()
  );
  return judgePrediction(
    MOST,
    answer,
    // Of kinds that are level each is the most frequent.
    claims.length === 0 ? undefined : own ?? kinds,
    `${figures}${kinds.length > 1 ? `: ${kinds.length} are level` : ""}`,
  );
}

/** Exercise 1. */
export function deviationByHand(answer?: number): Output {
  return exercise(
    "What is the standard deviation of 36, 37 and 41 %?",
    answer,
    Math.sqrt(7),
    {
      tolerance: 0.005,
      remarks: [
        { to: 7, say: "That is the variance" },
        {
          to: Math.sqrt(14 / 3),
          say: "So it would be if the mean were known beforehand: " +
            "it was taken from the same three numbers",
        },
        { to: Math.sqrt(7 / 3), say: "That is the mean's standard error" },
        { to: 38, say: "That is the mean" },
      ],
      because: "The squares of -2, -1 and 3 are 14 together; over n - 1 = 2",
    },
  );
}

/** Exercise 2. */
export function standardErrorOfPaper(answer?: number): Output {
  const deviation = paperRow(R15_TABLE_6, "ResNet-110").spread!.deviation;
  return exercise(
    "What is the standard error of the paper's mean over 5 runs?",
    answer,
    deviation / Math.sqrt(5),
    {
      tolerance: 0.01,
      remarks: [
        { to: deviation, say: "That is how far single runs lie apart" },
        { to: deviation / 5, say: "Deviations do not add up, variances do" },
        { to: deviation / 2, say: "n - 1 was in the deviation already" },
      ],
      because: "0.16 over the root of 5: the mean is known to about 0.07",
    },
  );
}

/** Exercise 3. */
export function chanceOfTestImages(answer?: number): Output {
  const part = paperRow(R15_TABLE_6, "ResNet-20").error / 100;
  const deviation = 100 * Math.sqrt(part * (1 - part) / 10_000);
  return exercise(
    "By how many points does an error of 8.75 % on 10,000 images differ by chance?",
    answer,
    deviation,
    {
      tolerance: 0.02,
      remarks: [
        { to: deviation / 100, say: "That is a part: in per cent, please" },
        { to: 100 * deviation, say: "That is in images, not in per cent" },
        { to: deviation ** 2, say: "That is the variance" },
        {
          to: 100 * Math.sqrt(part * (1 - part)),
          say: "That is of one image",
        },
      ],
      because: "sqrt(0.0875 · 0.9125 / 10,000) = 0.0028, or 28 images. " +
        "Two networks tested on the same images share some of that chance",
    },
  );
}

/** Exercise 4. */
export function seedsThatTell(answer?: number): Output {
  const [original, , , , pre] = R16_TABLE_2.rows;
  const difference = original!.resNet110 - pre!.resNet110;
  const deviation = paperRow(R15_TABLE_6, "ResNet-110").spread!.deviation;
  const least = 2 * (2 * deviation / difference) ** 2;
  return exercise(
    "How many seeds of each network does it take at least?",
    answer,
    Math.ceil(least),
    {
      remarks: [
        {
          to: Math.ceil(least / 2),
          say: "Both means have a standard error: their variances add up",
        },
        { to: 1, say: "Of one seed each, the difference is 0.24 by luck too" },
        {
          to: Math.ceil(least / 4),
          say: "That is one standard error: two are asked for",
        },
        {
          to: 2 * Math.ceil(least),
          say: "Those are the runs of both networks together",
        },
      ],
      because: "2 · 0.16 · sqrt(2 / n) is at most 0.24 from n = 3.6 on",
    },
  );
}

/**
 * Exercise 5.
 *
 * @param record A run of ResNet-20, which tells how long a step takes.
 */
export function daysToDecide(
  answer: number | undefined,
  record: RunRecord | undefined,
): Output {
  const days = record && 2 * 4 * daysOf(record);
  return exercise(
    "How many days would the eight runs take on that record's machine?",
    answer,
    days,
    {
      tolerance: 0.05,
      remarks: days === undefined ? [] : [
        { to: days / 8, say: "That is one run" },
        { to: days / 2, say: "Those are the runs of one of the two networks" },
        { to: days * 24, say: "That is in hours" },
        {
          to: days / 4,
          say: "Compare the mini-batches: 128 images a step, not 32",
        },
        {
          to: (one) => one < days / 5,
          say: "ResNet-110 does more work an image than ResNet-20: how much?",
        },
      ],
      because: "Other programs ran on the machine too, and large batches use " +
        "one better: an upper bound. On a GPU it is hours",
    },
  );
}

/** Of a run of ResNet-110 by the paper's recipe, by a record's time a step. */
function daysOf({ hyperparameters, millisecondsPerStep }: RunRecord): number {
  const timed = {
    network: cifarResNet({ depth: 20 }),
    batchSize: hyperparameters.batchSize,
    millisecondsPerStep,
  };
  const network = cifarResNet({ depth: 110 });
  const seconds = expectedSeconds(
    timed,
    network,
    paperRecipe({ steps: 64_000 }),
  );
  return seconds / 60 / 60 / 24;
}

/**
 * Exercise 6: a fair plan, and how small a difference it tells. How many seeds
 * are enough is for the reader to judge.
 *
 * @param sweep The runs that the reader plans; none before.
 * @param deviation Standard deviation between seeds, in points of per cent.
 */
export function sweepThatTells(
  sweep: readonly PlannedRun[],
  deviation: number = ASSUMED_DEVIATION,
): Output {
  if (sweep.length === 0) {
    return verdict(
      "open",
      "Your turn: Which runs compare the options A and B fairly?",
    );
  }
  const fault = faultOfPlan(sweep);
  if (fault !== undefined) return wrongAnswer(fault);
  const seeds = sweep.length / 2;
  const least = 2 * standardErrorOfDifference(deviation, seeds, seeds);
  const [a, b] = ["A", "B"].map((option) =>
    paperRow(R15_TABLE_3, `ResNet-34 ${option}`).top1!
  );
  return verdict(
    "right",
    "A fair plan: both options of one depth, the same seeds, one recipe. " +
      `With ${seeds} seeds it tells differences of ${
        least.toFixed(2)
      } points (section 3); the paper's, on ImageNet, is ${
        (a! - b!).toFixed(2)
      }. Put the ` +
      "list into a file, and deno task train --sweep makes the runs",
  );
}
