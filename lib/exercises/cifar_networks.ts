/**
 * The exercises of `notebooks/05_cifar_networks.ipynb`: what is asked, what is
 * right, and what is said to typical slips. Their answers are here, out of
 * sight of the notebook: read it afterwards.
 *
 * @module
 */

import { becauseAlike, lowestLosses } from "./lowest_losses.ts";
import { lateLoss, type RateRun } from "../lab/first_steps.ts";
import { cifarResNet } from "../networks/cifar.ts";
import { depthOf } from "../networks/count.ts";
import type { Network } from "../networks/layer.ts";
import { countParameters } from "../networks/parameters.ts";
import { stageCosts } from "../networks/stage_costs.ts";
import type { Output } from "../notebook/bundle.ts";
import { exercise } from "../notebook/exercise.ts";
import {
  judgePrediction,
  predict,
  type Prediction,
} from "../notebook/prediction.ts";
import { R15_CIFAR_RECIPE } from "../paper/recipes.ts";

const STAGE_OF_WORK: Prediction = {
  question: "Which stage of a ResNet-110 does most of the work?",
  choices: ["stage 1", "stage 2", "stage 3", "about equal"],
};

/** Stages whose work is within this factor are about equal. */
const ABOUT = 1.1;

/** Section 2: notes where the reader thinks the multiply-adds are. */
export function predictWork(answer?: string): Output {
  return predict(STAGE_OF_WORK, answer);
}

/** Section 2: counts, and compares. */
export function judgeWork(
  answer: string | undefined,
  network: Network,
): Output {
  const stages = stageCosts(network).filter(({ name }) => /^stage/.test(name));
  const work = stages.map(({ multiplyAdds }) => multiplyAdds);
  const most = Math.max(...work);
  const found = most / Math.min(...work) < ABOUT
    ? "about equal"
    : `stage ${work.indexOf(most) + 1}`;
  const millions = work.map((one) => (one / 1e6).toFixed(1)).join(", ");
  return judgePrediction(
    STAGE_OF_WORK,
    answer,
    found,
    `Millions of multiply-adds, stage by stage: ${millions}`,
  );
}

const LOWER_RATE: Prediction = {
  question: "At which rate will ResNet-110 have the lower training loss " +
    "after its first steps?",
  choices: ["0.1", "0.01"],
};

/** Section 5: notes at which rate the reader thinks it begins better. */
export function predictRate(answer?: string): Output {
  return predict(LOWER_RATE, answer);
}

/** Section 5: compares the prediction with the runs, if both were made. */
export function judgeRate(
  answer: string | undefined,
  runs: readonly Pick<RateRun, "rate" | "losses" | "stoppedBy">[],
): Output {
  const ended = runs.filter(({ stoppedBy }) => stoppedBy !== "user");
  const [lower, higher] = ended.toSorted((a, b) => lateLoss(a) - lateLoss(b));
  if (lower === undefined || higher === undefined) {
    return judgePrediction(LOWER_RATE, answer, undefined);
  }
  const inWords = (run: typeof lower) =>
    `${lateLoss(run).toFixed(1)} at ${run.rate}`;
  return judgePrediction(
    LOWER_RATE,
    answer,
    String(lower.rate),
    `Over the second half of the steps: ${inWords(lower)}, ${inWords(higher)}`,
  );
}

const HOW_LONG: Prediction = {
  question: "How long would the study note's 200 epochs take on this machine?",
  choices: ["minutes", "hours", "days", "weeks"],
};

/** Section 6: notes how long the reader thinks it takes. */
export function predictDuration(answer?: string): Output {
  return predict(HOW_LONG, answer);
}

/** Seconds from which on a duration is counted in a unit. */
const UNITS = [
  { unit: "minutes", seconds: 60 },
  { unit: "hours", seconds: 3600 },
  { unit: "days", seconds: 24 * 3600 },
  { unit: "weeks", seconds: 7 * 24 * 3600 },
] as const;

/**
 * Section 6: compares the prediction with an estimate.
 *
 * @param seconds The estimate; `undefined` before there is one.
 */
export function judgeDuration(
  answer: string | undefined,
  seconds: number | undefined,
): Output {
  if (seconds === undefined) {
    return judgePrediction(HOW_LONG, answer, undefined);
  }
  const { unit, seconds: one } =
    UNITS.findLast((unit) => seconds >= unit.seconds) ?? UNITS[0];
  const because =
    `About ${(seconds / one).toFixed(1)} ${unit}, from the steps ` +
    "of section 5";
  return judgePrediction(HOW_LONG, answer, unit, because);
}

/** Exercise 1. */
export function layersOfN27(answer?: number): Output {
  return exercise(
    "How many weighted layers does the network of n = 27 have?",
    answer,
    depthOf(cifarResNet({ depth: 6 * 27 + 2, unit: "basic" })),
    {
      remarks: [
        { to: 6 * 27, say: "Two more layers are outside the stages" },
        { to: 3 * 27 + 2, say: "A unit has two layers" },
        { to: 9 * 27 + 2, say: "That is with units of three layers" },
      ],
      because: "R16's ResNet-164 is another one, of 9n + 2 layers with n = 18",
    },
  );
}

/** Parameters of two 3x3 convolutions and two normalisations at each width. */
function oneMore(widths: readonly number[]): number {
  return widths.reduce((sum, c) => sum + 2 * 9 * c ** 2 + 2 * 2 * c, 0);
}

/** Exercise 2. */
export function parametersOfOneMoreWide(answer?: number): Output {
  const widths = [32, 64, 128];
  const right = oneMore(widths);
  const norms = widths.reduce((sum, width) => sum + 4 * width, 0);
  const paper = oneMore([16, 32, 64]);
  return exercise(
    "How many parameters come with one more n at twice the widths?",
    answer,
    right,
    {
      remarks: [
        { to: right - norms, say: "Batch normalisation has parameters too" },
        { to: paper, say: "So many they are at the paper's widths" },
        {
          to: 2 * paper,
          say: "Twice the channels come in, and twice as many go out",
        },
        {
          to: 4 * paper,
          say: "So it is for convolutions: and for scales and shifts?",
        },
        { to: right / 2, say: "A unit has two convolutions" },
        {
          to: right - norms / 2,
          say: "A normalisation has a scale and a shift a channel, " +
            "and each of a unit's convolutions has one",
        },
      ],
      because: "2 · 9 · (32² + 64² + 128²) + 4 · (32 + 64 + 128): " +
        "almost four times the paper's",
    },
  );
}

/** Exercise 3. */
export function deepestBelowAMillion(answer?: number): Output {
  let n = 1;
  const parameters = (n: number) =>
    countParameters(cifarResNet({ depth: 6 * n + 2, unit: "basic" }));
  while (parameters(n + 1) < 1e6) n++;
  return exercise(
    "How many layers has the deepest ResNet of the family with fewer than " +
      "a million parameters?",
    answer,
    6 * n + 2,
    {
      remarks: [
        { to: n, say: "That is its n: how many layers are these?" },
        {
          to: (depth) => (depth - 2) % 6 !== 0,
          say: "No n gives this number of layers",
        },
        {
          to: (depth) => depth > 6 * n + 2,
          say: "Count its parameters: that is too many",
        },
        { to: () => true, say: "A deeper one has fewer than a million too" },
      ],
      because: `It has ${parameters(n).toLocaleString("en-US")}`,
    },
  );
}

/** Exercise 4. */
export function passesOfTheRecipe(answer?: number): Output {
  const { steps, batchSize, split } = R15_CIFAR_RECIPE;
  const images = steps * batchSize;
  return exercise(
    "How many passes over 45,000 images does the paper's recipe make?",
    answer,
    images / split.train,
    {
      tolerance: 0.005,
      remarks: [
        {
          to: images / (split.train + split.validation),
          say: "So many it makes over all of the 50,000",
        },
        { to: steps / batchSize, say: "A step is of 128 images, not 1/128" },
        { to: steps / split.train, say: "That is with one image a step" },
        { to: images, say: "So many images in all: how often is that each?" },
      ],
    },
  );
}

/**
 * Exercise 5. Of rates that one seed does not tell apart each is right.
 *
 * @param runs The rates that were tried.
 */
export function bestFirstRate(
  answer: number | undefined,
  runs: readonly Pick<RateRun, "rate" | "losses" | "stoppedBy">[],
): Output {
  const ended = runs.filter(({ stoppedBy }) => stoppedBy !== "user");
  const trials = ended.map((run) => ({ rate: run.rate, loss: lateLoss(run) }));
  const [best, ...others] = lowestLosses(trials).map(({ rate }) => rate);
  const rates = ended.map(({ rate }) => rate);
  return exercise(
    "At which of your rates is the loss over the second half the lowest?",
    answer,
    ended.length > 1 ? best : undefined,
    {
      alsoRight: others,
      ...becauseAlike([best, ...others]),
      remarks: [
        { to: (rate) => !rates.includes(rate), say: "Name one that you tried" },
        {
          to: Math.max(...rates),
          say: "Such steps go past the valley: compare the losses",
        },
        {
          to: Math.min(...rates),
          say: "Such steps are safe, but there are few of them",
        },
      ],
    },
  );
}
