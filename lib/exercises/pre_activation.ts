/**
 * The exercises of `notebooks/08_pre_activation.ipynb`: what is asked, what is
 * right, and what is said to typical slips. Their answers are here, out of
 * sight of the notebook: read it afterwards.
 *
 * @module
 */

import { type BodyStep, measureBody } from "../lab/own_placement.ts";
import { cifarResNet } from "../networks/cifar.ts";
import { layers } from "../networks/layers.ts";
import { unitsOf } from "../networks/units_of.ts";
import type { Output } from "../notebook/bundle.ts";
import { exercise } from "../notebook/exercise.ts";
import { verdict, wrongAnswer } from "../notebook/verdict.ts";

export * from "./predictions/pre_activation.ts";

/** Exercise 1. */
export function resNet1001Units(answer?: number): Output {
  return exercise(
    "How many residual units does ResNet-1001 have?",
    answer,
    unitsOf(cifarResNet({ depth: 1001 })).length,
    {
      remarks: [
        { to: 111, say: "That is n, the units of one stage" },
        { to: 999, say: "Those are the convolutions inside the units" },
        {
          to: (units) => units > 333 && units < 334,
          say: "Two of the layers are in no unit",
        },
        { to: 500, say: "Its units are bottlenecks, of three layers" },
      ],
      because: "9n + 2 = 1001 gives n = 111 units in each of 3 stages",
    },
  );
}

/**
 * Exercise 2.
 *
 * @param measured By how much a unit raised the mean, on average.
 */
export function growthOfMean(
  answer: number | undefined,
  measured: number,
): Output {
  return exercise(
    "By how much does a unit of (c) raise the mean at the start?",
    answer,
    1 / Math.sqrt(2 * Math.PI),
    {
      tolerance: 0.02,
      remarks: [
        { to: 0, say: "So it would be without the ReLU" },
        {
          to: 0.5,
          say: "That is the share of values that pass, or the mean of their " +
            "squares: what is the mean of max(z, 0)?",
        },
        {
          to: Math.sqrt(2 / Math.PI),
          say: "That is the mean of |z|: half of the values are cut off",
        },
        { to: 1, say: "That is the standard deviation of z" },
        {
          to: (growth) => growth > 0.35 && growth < 0.45,
          say: "So about it was measured; what does the integral give?",
        },
      ],
      because: "The mean of max(z, 0) is the integral of z times the normal " +
        `density from 0 on, 1 / sqrt(2 pi); measured ${measured.toFixed(3)}`,
    },
  );
}

/** Exercise 3. */
export function readsUnnormalised(answer?: string): Output {
  const all = layers(cifarResNet({ depth: 20, activation: "preActivation" }));
  const last = all.findLast(({ kind }) =>
    kind === "convolution" || kind === "dense"
  );
  const names = all.map(({ name }) => name);
  return exercise(
    "Which weight layer would read a sum that is not normalised?",
    answer,
    last?.name,
    {
      remarks: [
        {
          to: (name) => !names.includes(name.trim()),
          say: "Name one of section 2's table",
        },
        { to: "conv", say: "It reads the image" },
        {
          to: (name) => /norm|relu|pool/i.test(name),
          say: "That has no weights to learn by heart with: which has?",
        },
        {
          to: (name) => name.startsWith("stage"),
          say: "Each convolution of a unit has its own BN and ReLU before it",
        },
      ],
      because: "Only pooling stands between the last sum and the classifier",
    },
  );
}

/** Bodies that R16 has; what follows the addition is not among them. */
const KNOWN: Readonly<Record<string, string>> = {
  "conv BN ReLU conv BN": "(a)'s",
  "conv BN ReLU conv": "(b)'s",
  "conv BN ReLU conv BN ReLU": "(c)'s",
  "ReLU conv BN ReLU conv BN": "(d)'s",
  "BN ReLU conv BN ReLU conv": "(e)'s",
};

/** How far what convolutions read may grow in 8 units, and count as level. */
const LEVEL = 1.3;

/**
 * Exercise 4: builds the reader's unit and measures it.
 *
 * @param steps The layers of its body in order.
 */
export async function ownPlacement(
  steps?: readonly BodyStep[],
): Promise<Output> {
  if (steps === undefined) {
    return verdict(
      "open",
      "Your turn: In which order stand the layers of a sixth body?",
    );
  }
  const other = steps.find((step) => !["conv", "BN", "ReLU"].includes(step));
  if (other !== undefined) {
    return wrongAnswer(`Expected "conv", "BN" or "ReLU" but found "${other}"`);
  }
  const once = withoutRepeats(steps);
  const known = KNOWN[once.join(" ")];
  if (known !== undefined) {
    return wrongAnswer(
      once.length === steps.length
        ? `This body is ${known}: find another`
        : `A BN or ReLU right after its like changes nothing, and without ` +
          `it this body is ${known}: find another`,
    );
  }
  const count = (kind: BodyStep) =>
    steps.filter((step) => step === kind).length;
  if (count("conv") !== 2) {
    return wrongAnswer(
      `A basic unit has two convolutions, this one has ${count("conv")}`,
    );
  }
  const between = steps.slice(steps.indexOf("conv"), steps.lastIndexOf("conv"));
  if (!between.includes("ReLU")) {
    return wrongAnswer(
      "Without a ReLU between them two convolutions are one: all is linear",
    );
  }
  const { belowZero, growth } = await measureBody(steps);
  const found = `${(100 * belowZero).toFixed(0)} % of F(x) are below 0, and ` +
    `what a unit's first convolution reads grows ${
      growth.toFixed(1)
    }-fold in 8 units`;
  if (belowZero < 0.05) {
    return wrongAnswer(`F(x) can only add: ${found}`);
  }
  if (!(growth < LEVEL)) {
    return wrongAnswer(`The sum is read as it is: ${found}`);
  }
  return verdict("right", `This is a sixth: ${found}`);
}

/** The steps without a BN or ReLU that follows its like: it changes nothing. */
function withoutRepeats(steps: readonly BodyStep[]): BodyStep[] {
  return steps.filter((step, i) => step === "conv" || step !== steps[i - 1]);
}

/**
 * Exercise 5.
 *
 * @param trials The depths that were tried, with the gradient at the first unit
 * over that at the last.
 */
export function leastExplodingDepth(
  answer: number | undefined,
  trials: readonly { readonly depth: number; readonly ratio: number }[],
): Output {
  const exploding = trials.filter(({ ratio }) => ratio > 1000)
    .map(({ depth }) => depth);
  const least = exploding.length === 0 ? undefined : Math.min(...exploding);
  if (trials.length > 0 && least === undefined) {
    return verdict("open", "None of your depths is beyond 1,000: try deeper");
  }
  return exercise(
    "What is the least of your depths at which (b)'s gradient is more than " +
      "1,000 times larger at the first unit than at the last?",
    answer,
    least,
    {
      remarks: [
        {
          to: (depth) => !trials.some((trial) => trial.depth === depth),
          say: "The table has no such depth",
        },
        {
          to: (depth) => depth > (least ?? 0),
          say: "One that is less deep is beyond 1,000 too",
        },
        { to: () => true, say: "Its ratio is not above 1,000" },
      ],
    },
  );
}
