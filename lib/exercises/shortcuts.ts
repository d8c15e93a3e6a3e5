/**
 * The exercises of `notebooks/04_shortcuts.ipynb`: what is asked, what is right,
 * and what is said to typical slips. Their answers are here, out of sight of the
 * notebook: read it afterwards.
 *
 * @module
 */

import { judgeLowest } from "./judge_lowest.ts";
import { becauseAlike, lowestLosses } from "./lowest_losses.ts";
import type { ComparedRun } from "../lab/compare.ts";
import { endLoss, ranOut } from "../lab/end_loss.ts";
import { cifarResNet } from "../networks/cifar.ts";
import { imageNetResNet } from "../networks/imagenet.ts";
import { shortcutCost } from "../networks/shortcut_cost.ts";
import { operations } from "../networks/walk.ts";
import type { Output } from "../notebook/bundle.ts";
import { exercise } from "../notebook/exercise.ts";
import {
  judgePrediction,
  predict,
  type Prediction,
} from "../notebook/prediction.ts";
import { errsLess } from "../records/errs_less.ts";
import { mean } from "../records/mean.ts";
import type { RunRecord } from "../records/schema.ts";

const BEST_OPTION: Prediction = {
  question: "Which option will have the lowest test error in our runs?",
  choices: ["A", "B", "C"],
};

/** Section 3: notes which option the reader thinks will err least. */
export function predictBestOption(answer?: string): Output {
  return predict(BEST_OPTION, answer);
}

/**
 * Section 3: compares the prediction with the lab records' mean test errors.
 * Options that these runs cannot tell from the best one may be it, too.
 *
 * @param options The runs of options A, B and C, in this order; none where
 * there is no run yet.
 * @param deviation Between seeds, in points of per cent; `null` where it is not
 * known.
 */
export function judgeBestOption(
  answer: string | undefined,
  options: readonly (readonly Pick<RunRecord, "final">[])[],
  deviation: number | null,
): Output {
  const means = options.map((records, i) => {
    const errors = records.map(({ final }) => final.testError);
    return {
      option: BEST_OPTION.choices[i] ?? "",
      errors,
      error: mean(errors),
    };
  });
  const all = means.length === BEST_OPTION.choices.length &&
    means.every(({ errors }) => errors.length > 0);
  const [best] = means.toSorted((a, b) => a.error - b.error);
  if (!all || best === undefined) {
    return judgePrediction(BEST_OPTION, answer, undefined);
  }
  const figures = means.map(({ option, error, errors: { length } }) =>
    `${error.toFixed(1)} % of ${option} (${
      length === 1 ? "one run" : `${length} runs`
    })`
  );
  const mayBeBest = (one: typeof best) =>
    one === best || errsLess(best.errors, one.errors, deviation) !== true;
  return judgePrediction(
    BEST_OPTION,
    answer,
    means.filter(mayBeBest).map(({ option }) => option),
    `Mean errors: ${figures.join(", ")}`,
  );
}

const LOWEST_LOSS: Prediction = {
  question: "Which of the three will have the lowest training loss?",
  choices: ["plain", "highway", "residual"],
};

/** Section 6: notes which shortcut the reader thinks will learn most. */
export function predictLowestLoss(answer?: string): Output {
  return predict(LOWEST_LOSS, answer);
}

/**
 * Section 6: compares the prediction with the runs, if all have run out.
 *
 * @param runs Of the plain, the highway and the residual network, in this order.
 */
export function judgeLowestLoss(
  answer: string | undefined,
  runs: readonly Pick<ComparedRun, "record">[],
): Output {
  return judgeLowest(
    LOWEST_LOSS,
    answer,
    runs.map(({ record }, i) => ({ name: LOWEST_LOSS.choices[i]!, record })),
  );
}

/** Exercise 1. */
export function optionBParameters(answer?: number): Output {
  const depth = 56;
  const cost = (shortcut: "B" | "C") =>
    shortcutCost(cifarResNet({ depth, shortcut }));
  return exercise(
    "How many parameters does option B add to ResNet-56 for CIFAR?",
    answer,
    cost("B").parameters,
    {
      remarks: [
        { to: 0, say: "That is option A" },
        { to: cost("C").parameters, say: "That is option C, all shortcuts" },
        {
          to: 16 * 32 + 32 * 64,
          say: "The 1x1 convolutions have these: what follows each of them?",
        },
        {
          to: cost("B").multiplyAdds,
          say: "These are multiply-adds: what an image costs",
        },
      ],
      because: "As many as in ResNet-20: dimensions change twice at any depth",
    },
  );
}

/** Exercise 2. */
export function moreProjectionsInC(answer?: number): Output {
  const projections = (shortcut: "B" | "C") =>
    operations(imageNetResNet({ depth: 34, shortcut }))
      .filter(({ layer, onShortcut }) =>
        onShortcut && layer.kind === "convolution"
      ).length;
  return exercise(
    "How many more projections has ResNet-34 with option C than with B?",
    answer,
    projections("C") - projections("B"),
    {
      remarks: [
        { to: projections("C"), say: "Those are all of option C" },
        { to: projections("B"), say: "Those are the ones of option B" },
        {
          to: projections("C") - projections("B") - 1,
          say:
            "The first stage changes no dimensions: it keeps its 64 channels",
        },
        { to: 32, say: "Those are the convolutions in the units' bodies" },
      ],
      because:
        "16 units, of which 3 change dimensions: it is the number that " +
        "R15 section 4.1 calls many",
    },
  );
}

/** Exercise 3. */
export function bottleneckFactor(answer?: number): Output {
  // Multiply-adds at one pixel of a bottleneck between c channels, over c^2.
  const body = 1 / 4 + 9 / 16 + 1 / 4;
  return exercise(
    "By what factor do the multiply-adds of a bottleneck grow with option C?",
    answer,
    (body + 1) / body,
    {
      tolerance: 0.005,
      remarks: [
        { to: 2, say: "So R15 rounds it: what is it exactly?" },
        { to: 1 + 1 / 18, say: "That is a unit of two 3x3 convolutions" },
        { to: 1 / body, say: "That is what is added: and what was there?" },
        {
          to: 1 + 1 / (1 + 9 + 1),
          say: "Only between a quarter of the channels: the shortcut is " +
            "between all of them",
        },
      ],
      because: "The body costs (1/4 + 9/16 + 1/4) of c² at each pixel, the " +
        "projection c²: 33 / 17",
    },
  );
}

/** Exercise 4. */
export function biasThatCarries(answer?: number): Output {
  const carried = 0.99;
  const bias = Math.log((1 - carried) / carried);
  return exercise(
    "At which bias does a new gate carry 99 % of its input?",
    answer,
    bias,
    {
      tolerance: 0.01,
      remarks: [
        { to: -bias, say: "There it carries 1 %: which way does T open?" },
        { to: -2, say: "There it carries 88 %" },
        { to: -0.99, say: "That is no bias: put T through the sigmoid" },
        { to: 0.01, say: "That is T: which bias does the sigmoid make it of?" },
      ],
      because: "ln(0.01 / 0.99): T is 0.01 there",
    },
  );
}

/** What a run at one gate bias gave. */
export interface BiasTrial {
  readonly bias: number;
  /** The training loss; `null` where the run broke off, or was stopped. */
  readonly loss: number | null;
}

/**
 * Exercise 5.
 *
 * @param trials The biases that were tried.
 */
export function bestGateBias(
  answer: number | undefined,
  trials: readonly BiasTrial[],
): Output {
  const biases = trials.map(({ bias }) => bias);
  const [best, ...others] = lowestLosses(trials).map(({ bias }) => bias);
  return exercise(
    "At which of your biases has the highway network the lowest training loss?",
    answer,
    trials.length > 1 ? best : undefined,
    {
      alsoRight: others,
      ...becauseAlike([best, ...others]),
      remarks: [
        {
          to: (bias) => !biases.includes(bias),
          say: "Name one that you tried",
        },
        {
          to: Math.max(...biases),
          say: "There the shortcuts are the most closed: compare the losses",
        },
        {
          to: Math.min(...biases),
          say: "There the layers carry almost all: compare the losses",
        },
        { to: () => true, say: "Another loss in the table is lower" },
      ],
    },
  );
}

const HIGHWAY_GAINS: Prediction = {
  question: "Will the highway network of twice the depth have the lower " +
    "training loss after as many steps?",
  choices: ["yes", "no"],
};

/** Exercise 6, before the experiment. */
export function predictDeeperHighway(answer?: string): Output {
  return predict(HIGHWAY_GAINS, answer);
}

/**
 * Exercise 6, after the experiment.
 *
 * @param runs Of the network and the deeper one; fewer before the experiment.
 */
export function judgeDeeperHighway(
  answer: string | undefined,
  runs: readonly Pick<ComparedRun, "record">[],
): Output {
  const [shallow, deep] = runs.map(({ record }) =>
    ranOut(record) ? endLoss(record) ?? Infinity : undefined
  );
  const known = shallow !== undefined && deep !== undefined;
  return judgePrediction(
    HIGHWAY_GAINS,
    answer,
    known ? (deep < shallow ? "yes" : "no") : undefined,
    known
      ? `${deep.toFixed(2)} against ${shallow.toFixed(2)}. R15 section 2: ` +
        "highway networks had shown no gains from over 100 layers"
      : undefined,
  );
}
