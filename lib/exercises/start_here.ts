/**
 * The exercises of `notebooks/00_start_here.ipynb`: what is asked, what is
 * right, and what is said to typical slips. Their answers are here, out of
 * sight of the notebook: read it afterwards.
 *
 * @module
 */

import type { ComparedRun } from "../lab/compare.ts";
import { cifarResNet } from "../networks/cifar.ts";
import { countMultiplyAdds } from "../networks/count.ts";
import { countParameters } from "../networks/parameters.ts";
import type { Output } from "../notebook/bundle.ts";
import { exercise } from "../notebook/exercise.ts";
import {
  judgePrediction,
  predict,
  type Prediction,
} from "../notebook/prediction.ts";
import type { RunRecord } from "../records/schema.ts";
import { becauseAlike, lowestLosses } from "./lowest_losses.ts";

const BANDS = ["above 80 %", "60 to 80 %", "below 60 %"] as const;

const ERROR_OF_TINY: Prediction = {
  question: "How many of the test images will the tiny network get wrong?",
  choices: BANDS,
};

/** Section 3: notes how well the reader thinks the tiny network will do. */
export function predictTinyError(answer?: string): Output {
  return predict(ERROR_OF_TINY, answer);
}

/** Section 3: compares the prediction with the run, if it went to its end. */
export function judgeTinyError(
  answer: string | undefined,
  run: Pick<ComparedRun, "record"> | undefined,
): Output {
  if (run === undefined || run.record.stoppedBy !== "steps") {
    return judgePrediction(ERROR_OF_TINY, answer, undefined);
  }
  const { testError } = run.record.final;
  const found = testError > 80
    ? BANDS[0]
    : testError < 60
    ? BANDS[2]
    : BANDS[1];
  const because = `Its test error is ${testError.toFixed(1)} %`;
  return judgePrediction(ERROR_OF_TINY, answer, found, because);
}

/** Exercise 1. */
export function resNet32Parameters(answer?: number): Output {
  const resNet32 = cifarResNet({ depth: 32 });
  return exercise(
    "How many parameters does ResNet-32 have, for images of 3 channels?",
    answer,
    countParameters(resNet32),
    {
      remarks: [
        { to: 0.46, say: "So the paper prints it, in millions and rounded" },
        { to: 460_000, say: "That is rounded: let the library count" },
        {
          to: countMultiplyAdds(resNet32),
          say: "These are multiply-adds: what an image costs",
        },
        {
          to: countParameters(cifarResNet({ depth: 32, channels: 1 })),
          say: "That is for images of 1 channel",
        },
      ],
    },
  );
}

/**
 * Exercise 2.
 *
 * @param classes The classes that are guessed among.
 */
export function errorOfGuessing(
  answer: number | undefined,
  classes: readonly string[],
): Output {
  const right = 100 / classes.length;
  return exercise(
    "What is the error, in percent, of guessing among the classes?",
    answer,
    100 - right,
    {
      tolerance: 1e-6,
      remarks: [
        {
          to: right,
          say: "So often a guess is right: what is the error then?",
        },
        { to: 1 - right / 100, say: "In percent, it is asked" },
        { to: 50, say: "So it would be with two classes" },
        { to: 100, say: "Even who guesses is right at times" },
      ],
      because: "A guess is right for one image in " + classes.length,
    },
  );
}

/**
 * Exercise 3.
 *
 * @param record The record that section 4 looks at.
 */
export function imagesSeen(
  answer: number | undefined,
  record:
    | Pick<RunRecord, "hyperparameters" | "data">
    | undefined,
): Output {
  const { steps, batchSize } = record?.hyperparameters ?? {};
  const seen = steps === undefined || batchSize === undefined
    ? undefined
    : steps * batchSize;
  return exercise(
    "How many images went through the network, counted each time?",
    answer,
    seen,
    {
      remarks: [
        { to: steps ?? NaN, say: "That is the number of steps: of how many?" },
        {
          to: record?.data.trainImages ?? NaN,
          say: "So many images there are: how often was one looked at?",
        },
        {
          to: (seen ?? NaN) / (record?.data.trainImages ?? NaN),
          say: "These are the passes over the training images",
        },
      ],
    },
  );
}

/**
 * Exercise 4.
 *
 * @param runs The runs of the depths that were tried.
 */
export function bestDepth(
  answer: number | undefined,
  runs: readonly {
    readonly record: Pick<RunRecord, "network" | "final" | "stoppedBy">;
  }[],
): Output {
  const ended = runs.map(({ record }) => record)
    .filter(({ stoppedBy }) => stoppedBy === "steps");
  const depths = ended.map(({ network }) => network.depth);
  const [best, ...others] = lowestLosses(
    ended.map(({ network: { depth }, final }) => ({
      depth,
      loss: final.trainLoss,
    })),
  ).map(({ depth }) => depth);
  return exercise(
    "Which of your depths ended with the lowest training loss?",
    answer,
    ended.length > 1 ? best : undefined,
    {
      alsoRight: others,
      ...becauseAlike([best, ...others]),
      remarks: [
        { to: (depth) => !depths.includes(depth), say: "The table has none" },
        {
          to: Math.max(...depths),
          say: "More layers can do more, and need more steps for it",
        },
        { to: () => true, say: "Compare the losses, not the errors" },
      ],
    },
  );
}
