/**
 * The exercises of `notebooks/02_degradation.ipynb`: what is asked, what is
 * right, and what is said to typical slips. Their answers are here, out of
 * sight of the notebook: read it afterwards.
 *
 * @module
 */

import type { ComparedRun } from "../lab/compare.ts";
import { endLoss, ranOut } from "../lab/end_loss.ts";
import { cifarPlain, cifarResNet } from "../networks/cifar.ts";
import { countMultiplyAdds } from "../networks/count.ts";
import { countParameters } from "../networks/parameters.ts";
import { unitPlaces } from "../networks/unit_places.ts";
import type { Output } from "../notebook/bundle.ts";
import { exercise } from "../notebook/exercise.ts";
import {
  judgePrediction,
  predict,
  type Prediction,
} from "../notebook/prediction.ts";
import type { RunRecord } from "../records/schema.ts";
import { judgeLowest } from "./judge_lowest.ts";
import { becauseAlike, lowestLosses, SAME_LOSS } from "./lowest_losses.ts";

const LOWEST_LOSS: Prediction = {
  question: "Which of the four will have the lowest training loss?",
  choices: ["plain-20", "plain-56", "ResNet-20", "ResNet-56"],
};

/** Section 2: notes which network the reader thinks will learn most. */
export function predictLowestLoss(answer?: string): Output {
  return predict(LOWEST_LOSS, answer);
}

/** Section 3: compares the prediction with the runs, if all have run out. */
export function judgeLowestLoss(
  answer: string | undefined,
  runs: readonly Pick<ComparedRun, "name" | "record">[],
): Output {
  return judgeLowest(LOWEST_LOSS, answer, runs);
}

/** Exercise 1. */
export function plain110Parameters(answer?: number): Output {
  const plain110 = cifarPlain({ depth: 110 });
  return exercise(
    "How many parameters does plain-110 have?",
    answer,
    countParameters(plain110),
    {
      remarks: [
        { to: 1.7e6, say: "That is rounded: let the library count" },
        {
          to: 2 * countParameters(cifarPlain({ depth: 56 })),
          say: "Too few: which layers, besides the first and the classifier, " +
            "come once?",
        },
        {
          to: countMultiplyAdds(plain110),
          say: "These are multiply-adds: what an image costs",
        },
      ],
    },
  );
}

/** Exercise 2. */
export function resNet56Shortcuts(answer?: number): Output {
  return exercise(
    "How many shortcuts does ResNet-56 have?",
    answer,
    unitPlaces(cifarResNet({ depth: 56 })).length,
    {
      remarks: [
        {
          to: 54,
          say: "A shortcut goes around a pair of layers, not around one",
        },
        {
          to: 28,
          say: "The first convolution and the classifier are in no pair",
        },
        { to: 9, say: "That is n, the pairs of one stage" },
        { to: 2, say: "Those are only the ones where the size changes" },
      ],
      because: "6n + 2 = 56 gives n = 9 pairs in each of 3 stages",
    },
  );
}

/**
 * Exercise 3.
 *
 * @param kernel The kernel that section 6 made.
 */
export function onesInIdentityKernel(
  answer: number | undefined,
  kernel: { readonly values: ArrayLike<number> },
): Output {
  return exercise(
    "How many numbers of the identity kernel are 1?",
    answer,
    Array.from(kernel.values).filter((value) => value === 1).length,
    {
      remarks: [
        { to: 1, say: "Then one channel would pass, and the others be 0" },
        { to: 9, say: "Then each pixel would be the sum of its neighbours" },
        { to: 144, say: "Not only the centre? That would be a blur" },
        { to: 256, say: "Each output would be the sum of all 16 channels" },
      ],
      because: "One for each channel: the centre, from the channel to itself",
    },
  );
}

/**
 * Exercise 4.
 *
 * @param measured The gradient's norm after the kernel was doubled, over that
 * before.
 */
export function gradientOfDoubledKernel(
  answer: number | undefined,
  measured: number,
): Output {
  return exercise(
    "By what factor does the gradient change?",
    answer,
    measured,
    {
      tolerance: 0.02,
      remarks: [
        {
          to: 1,
          say: "The output stays; a step of the same size means less now",
        },
        {
          to: 2,
          say: "So it would be if the loss grew with the kernel: it does not",
        },
        { to: 0.25, say: "That is what happens to the curvature" },
        {
          to: 0,
          say:
            "The loss does not depend on the kernel's size, but on its shape",
        },
      ],
      because: "The loss depends on the kernel's direction only: measured " +
        measured.toFixed(4),
    },
  );
}

/**
 * Exercise 5.
 *
 * @param trials The rates that were tried, with plain-20's training loss at
 * each; `null` where it broke off, or was stopped.
 */
export function bestRateOfPlain20(
  answer: number | undefined,
  trials: readonly {
    readonly rate: number;
    readonly "plain-20"?: number | null | undefined;
  }[],
): Output {
  const rates = trials.map(({ rate }) => rate);
  const losses = trials.map(({ rate, "plain-20": loss }) => ({ rate, loss }));
  const [best, ...others] = lowestLosses(losses).map(({ rate }) => rate);
  return exercise(
    "At which of your rates has plain-20 the lowest training loss?",
    answer,
    trials.length > 1 ? best : undefined,
    {
      alsoRight: others,
      ...becauseAlike([best, ...others]),
      remarks: [
        { to: (rate) => !rates.includes(rate), say: "Name one that you tried" },
        {
          to: Math.max(...rates),
          say: "A large step goes past the valley: compare the losses",
        },
        {
          to: Math.min(...rates),
          say: "A small step is safe and slow, and there are few of them",
        },
      ],
    },
  );
}

/**
 * Exercise 6.
 *
 * @param records The runs of plain networks, of 20 layers and of others.
 */
export function leastDepthThatSuffers(
  answer: number | undefined,
  records: readonly Pick<RunRecord, "network" | "final" | "stoppedBy">[],
): Output {
  const sorted = records.filter(ranOut)
    .toSorted((a, b) => a.network.depth - b.network.depth);
  const shallow = sorted.find(({ network }) => network.depth === 20);
  const between = sorted.some(({ network }) =>
    network.depth !== 20 && network.depth !== 56
  );
  // A loss that is no longer a finite number is the worst of all.
  const loss = (record: typeof sorted[number]) => endLoss(record) ?? Infinity;
  const suffers = (by: number) =>
    shallow ? sorted.filter((one) => loss(one) > loss(shallow) + by) : [];
  // The first that suffers beyond chance, and those before it that may.
  const [clear = suffers(0).at(-1)] = suffers(SAME_LOSS);
  const worse = suffers(0).map(({ network }) => network.depth)
    .filter((depth) => depth <= (clear?.network.depth ?? 0));
  const [least, ...others] = worse;
  return exercise(
    "What is the least depth of the table that trains worse than plain-20?",
    answer,
    between ? least : undefined,
    {
      alsoRight: others,
      ...others.length > 0 && {
        because: `${worse.join(" and ")} are all right: one seed does not ` +
          `tell a loss within ${SAME_LOSS} of plain-20's from it`,
      },
      remarks: [
        {
          to: (depth) => !sorted.some(({ network }) => network.depth === depth),
          say: "The table has no such depth",
        },
        { to: 56, say: "Does none before it? Look at the loss" },
        {
          to: (depth) => depth > Math.max(...worse),
          say: "One that is less deep trains worse too",
        },
        { to: () => true, say: "Its loss is not higher than plain-20's" },
      ],
    },
  );
}

const CONSTRUCTED_WORSE: Prediction = {
  question: "Will the training loss of the constructed plain-56 be higher " +
    "after the further steps than before?",
  choices: ["yes", "no"],
};

/** Exercise 7, before the experiment. */
export function predictConstructedWorse(answer?: string): Output {
  return predict(CONSTRUCTED_WORSE, answer);
}

/**
 * Exercise 7, after the experiment.
 *
 * @param changes The training losses of the constructed plain-56, and of
 * others; empty before the experiment.
 */
export function judgeConstructedWorse(
  answer: string | undefined,
  changes: readonly { readonly before: number; readonly after: number }[],
): Output {
  const [plain] = changes;
  return judgePrediction(
    CONSTRUCTED_WORSE,
    answer,
    // A loss that is no number any more has not fallen.
    plain && (plain.after <= plain.before ? "no" : "yes"),
    "In training the added plain layers are not the identity: " +
      "BN subtracts the mini-batch's mean, and ReLU cuts off what is below. " +
      "The ResNet's added units give 0 with any statistics" +
      (plain && plain.after <= plain.before
        ? ". After so many steps that is made good: look at the curve's start"
        : ""),
  );
}
