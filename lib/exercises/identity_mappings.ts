/**
 * The exercises of `notebooks/07_identity_mappings.ipynb`: what is asked, what
 * is right, and what is said to typical slips. Their answers are here, out of
 * sight of the notebook: read it afterwards.
 *
 * @module
 */

import { becauseAlike, type LossTrial, lowestLosses } from "./lowest_losses.ts";
import type { GateOpenness } from "../measurements/gate_openness.ts";
import type { Output } from "../notebook/bundle.ts";
import { exercise } from "../notebook/exercise.ts";
import {
  judgePrediction,
  predict,
  type Prediction,
} from "../notebook/prediction.ts";
import type { ShortcutRow } from "../paper/r16_units.ts";
import { mean } from "../records/mean.ts";

/** Units of ResNet-110, and of the notebook's tower. */
const UNITS = 54;

const ARRIVES: Prediction = {
  question:
    "Of the gradient at the end of 54 units, how much arrives at their " +
    "start through shortcuts of 0.9?",
  choices: ["about a half", "about a tenth", "less than a hundredth"],
};

/** Section 4: notes how much the reader thinks arrives. */
export function predictArrives(answer?: string): Output {
  return predict(ARRIVES, answer);
}

/**
 * Section 4: compares the prediction with the measurement.
 *
 * @param ratio What arrived, as a part of the gradient at the end.
 */
export function judgeArrives(
  answer: string | undefined,
  ratio: number | undefined,
): Output {
  const [half, tenth, less] = ARRIVES.choices;
  const found = ratio === undefined
    ? undefined
    : ratio > 0.25
    ? half
    : ratio > 0.01
    ? tenth
    : less;
  const measured = ratio?.toPrecision(2);
  return judgePrediction(ARRIVES, answer, found, `Measured: ${measured}`);
}

/** A shortcut and the training loss of the network that has it. */
export interface ShortcutLoss {
  readonly variant: ShortcutRow["variant"];
  readonly trainLoss: number | null;
}

const CLOSEST: Prediction = {
  question: "Which of the five others will come closest to the original's " +
    "training loss?",
  choices: [
    "constant scaling",
    "exclusive gating",
    "shortcut-only gating",
    "1x1 convolution",
    "dropout",
  ],
};

/** Section 7: notes which shortcut the reader thinks does least harm. */
export function predictClosest(answer?: string): Output {
  return predict(CLOSEST, answer);
}

/**
 * Section 7: compares the prediction with the runs.
 *
 * @param losses Of all six shortcuts, of runs that went to their end; fewer
 * after a Stop.
 */
export function judgeClosest(
  answer: string | undefined,
  losses: readonly ShortcutLoss[],
): Output {
  const others = losses
    .filter(({ variant }) => CLOSEST.choices.includes(variant))
    .toSorted((a, b) => (a.trainLoss ?? Infinity) - (b.trainLoss ?? Infinity));
  const original = losses.find(({ variant }) => variant === "original");
  const lowest = lowestLosses(
    others.map(({ variant, trainLoss: loss }) => ({ variant, loss })),
  );
  if (others.length < CLOSEST.choices.length || original === undefined) {
    return judgePrediction(CLOSEST, answer, undefined);
  }
  const figures = others.map(({ variant, trainLoss }) =>
    `${trainLoss?.toFixed(2) ?? "no number"} with ${variant}`
  );
  return judgePrediction(
    CLOSEST,
    answer,
    lowest.map(({ variant }) => variant),
    `The original has ${original.trainLoss?.toFixed(2)}; it is ` +
      figures.join(", "),
  );
}

/** Exercise 1. */
export function productOfShortcuts(answer?: number): Output {
  const factor = 0.99;
  return exercise(
    "By what factor do 54 shortcuts of 0.99 scale the direct term?",
    answer,
    factor ** UNITS,
    {
      tolerance: 0.01,
      remarks: [
        { to: factor * UNITS, say: "Factors are multiplied, not added" },
        {
          to: 1 - 0.01 * UNITS,
          say:
            "Near, but each unit takes 1 % of what is left, not of the start",
        },
        {
          to: factor ** (2 * UNITS),
          say: "A shortcut goes around two layers: count units",
        },
        { to: 0.99, say: "That is one unit" },
      ],
      because: "0.99 to the power of 54: even 1 % a unit costs 4 tenths",
    },
  );
}

/** Exercise 2. */
export function factorOfBody(answer?: number): Output {
  return exercise(
    "With what factor does F(x_l) stand in x_{l+3}, if both ways are halved?",
    answer,
    0.5 ** 3,
    {
      remarks: [
        {
          to: 0.25,
          say:
            "Those are the shortcuts of the two units after it; and its own?",
        },
        {
          to: 0.5 ** 4,
          say: "Does F(x_l) pass the shortcut of its own unit?",
        },
        { to: 0.5, say: "That is its factor in x_{l+1}" },
        { to: 1, say: "Without scaling it would be" },
      ],
      because: "0.5 of its own unit, then two shortcuts of 0.5",
    },
  );
}

/** Exercise 3. */
export function biasThatLeavesHalf(answer?: number): Output {
  const gate = 1 - 0.5 ** (1 / UNITS);
  const bias = Math.log(gate / (1 - gate));
  return exercise(
    "At which bias do 54 shortcut-only gates leave half of the signal, if " +
      "W_g x is 0?",
    answer,
    bias,
    {
      tolerance: 0.01,
      remarks: [
        { to: -bias, say: "With that bias g(x) is near 1: mind the sign" },
        { to: 0, say: "Then each single gate leaves half" },
        { to: gate, say: "That is g(x): which bias gives it?" },
        { to: 1 - gate, say: "That is 1 - g(x): which bias gives it?" },
        { to: (given) => given < bias, say: "There more than half is left" },
        { to: (given) => given > bias, say: "There less than half is left" },
      ],
      because: `1 - g = 0.5^(1/54) = ${(1 - gate).toFixed(4)}, and b_g is ` +
        "the logarithm of g / (1 - g)",
    },
  );
}

/** What the trained gates did. */
const GATES: Prediction = {
  question: "Does g(x) of the shortcut-only network rise or fall while it is " +
    "trained, on average?",
  choices: ["rise", "fall"],
};

/** Part by which the mean has to change: few images and one seed are measured. */
const SAME_GATES = 0.1;

/** Exercise 4, before the measurement. */
export function predictGates(answer?: string): Output {
  return predict(GATES, answer);
}

/**
 * Exercise 4, after the measurement.
 *
 * @param before The gates of the network before training.
 * @param after The same gates afterwards; none before the measurement.
 */
export function judgeGates(
  answer: string | undefined,
  before: readonly Pick<GateOpenness, "mean">[],
  after: readonly Pick<GateOpenness, "mean">[],
): Output {
  if (before.length === 0 || after.length === 0) {
    return judgePrediction(GATES, answer, undefined);
  }
  const [from = NaN, to = NaN] = [before, after].map((gates) =>
    mean(gates.map((gate) => gate.mean))
  );
  return judgePrediction(
    GATES,
    answer,
    Math.abs(to / from - 1) < SAME_GATES
      ? GATES.choices
      : to > from
      ? "rise"
      : "fall",
    `The mean of g(x) goes from ${from.toPrecision(3)} to ${to.toPrecision(3)}`,
  );
}

/**
 * Exercise 5. Of factors that one seed does not tell apart each is right.
 *
 * @param trials The factors that were tried, with the training loss at each;
 * `null` where it broke off, or was stopped.
 */
export function bestShortcutFactor(
  answer: number | undefined,
  trials: readonly (LossTrial & { readonly lambda: number })[],
): Output {
  const lambdas = trials.map(({ lambda }) => lambda);
  const [best, ...others] = lowestLosses(trials).map(({ lambda }) => lambda);
  return exercise(
    "At which of your factors has the tower the lowest training loss?",
    answer,
    trials.length > 1 ? best : undefined,
    {
      alsoRight: others,
      ...becauseAlike([best, ...others]),
      remarks: [
        {
          to: (lambda) => !lambdas.includes(lambda),
          say: "Name one that you tried",
        },
        {
          to: (lambda) => lambda < (best ?? 0),
          say: "A larger factor trained better: compare the losses",
        },
        {
          to: () => true,
          say: "A smaller factor trained better: compare the losses",
        },
      ],
    },
  );
}
