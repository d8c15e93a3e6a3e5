/**
 * The exercises of `notebooks/01_why_depth_was_hard.ipynb`: what is asked, what
 * is right, and what is said to typical slips. Their answers are here, out of
 * sight of the notebook: read it afterwards.
 *
 * @module
 */

import type { Output } from "../notebook/bundle.ts";
import { exercise } from "../notebook/exercise.ts";

export * from "./predictions/why_depth_was_hard.ts";

/** Exercise 1. */
export function deviationOfHe(answer?: number): Output {
  const fanIn = 3 * 3 * 64;
  return exercise(
    "What standard deviation has He's initialisation of this convolution?",
    answer,
    Math.sqrt(2 / fanIn),
    {
      tolerance: 0.005,
      remarks: [
        { to: 2 / fanIn, say: "That is the variance" },
        {
          to: Math.sqrt(1 / fanIn),
          say: "That would do for a linear layer: a ReLU follows",
        },
        {
          to: Math.sqrt(2 / 64),
          say: "An output sums over more than the 64 channels of one pixel",
        },
        {
          to: Math.sqrt(2 / (9 * 256)),
          say: "That is the backward form, with the fan-out, also allowed; " +
            "section 3 uses the fan-in",
        },
        {
          to: Math.sqrt(2 / (fanIn + 9 * 256)),
          say: "That is Xavier's",
        },
      ],
      because: "sqrt(2 / (3 * 3 * 64)): a sum of 576 terms, and a ReLU",
    },
  );
}

/** Exercise 2. */
export function throughFiveSigmoids(answer?: number): Output {
  return exercise(
    "What part of a gradient do five sigmoids let through at most?",
    answer,
    4 ** -5,
    {
      tolerance: 0.01,
      remarks: [
        { to: 1 / 4, say: "That is one sigmoid" },
        { to: 5 / 4, say: "Slopes of functions of functions multiply" },
        { to: 2 ** -5, say: "1/2 is the sigmoid's value at 0: its slope?" },
        { to: 1, say: "So it would be with tanh, whose slope at 0 is 1" },
        { to: 4 ** -4, say: "There are five of them" },
      ],
      because: "The slope s(1 - s) is 1/4 at most, and slopes multiply",
    },
  );
}

/** Exercise 3. */
export function standardThroughReLU(answer?: number): Output {
  return exercise(
    "By what factor does a layer change the variance?",
    answer,
    1 / 6,
    {
      tolerance: 0.01,
      remarks: [
        { to: 1 / 3, say: "So it is in a linear layer: and the ReLU?" },
        { to: 1 / 2, say: "So it is where Var[W] is 1/n: what is it here?" },
        { to: 2 / 3, say: "A ReLU divides the mean square by 2" },
        { to: 6, say: "Does the curve rise or fall?" },
        { to: 1, say: "That is He's: n Var[W] is 2 there" },
      ],
      because: "n Var[W] = 1/3, of which a ReLU lets a half through",
    },
  );
}

/** The values of exercise 4. */
const VALUES = [2, 4, 4, 6];

/** Exercise 4. */
export function normalisedByHand(answer?: number): Output {
  const [scale, shift] = [3, 1];
  const mean = VALUES.reduce((sum, x) => sum + x, 0) / VALUES.length;
  const squares = VALUES.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const normalised = (variance: number) => (6 - mean) / Math.sqrt(variance);
  const variance = squares / VALUES.length;
  return exercise(
    "What does batch normalisation make of the 6?",
    answer,
    shift + scale * normalised(variance),
    {
      tolerance: 0.005,
      remarks: [
        { to: normalised(variance), say: "And the scale and the shift?" },
        {
          to: shift + scale * normalised(squares / (VALUES.length - 1)),
          say: "Divide by the number of values, not by one less: the batch " +
            "is all there is",
        },
        {
          to: shift + scale * (6 - mean) / variance,
          say: "Divide by the deviation, not by the variance",
        },
        {
          to: scale * (normalised(variance) + shift),
          say: "First the scale, then the shift",
        },
        {
          to: scale * normalised(variance),
          say: "And the shift?",
        },
      ],
      because: "3 (6 - 4) / sqrt(2) + 1",
    },
  );
}

/**
 * Exercise 5.
 *
 * @param trials The deviations that were tried.
 */
export function levelDeviation(
  answer: number | undefined,
  trials: readonly number[],
): Output {
  const units = 100;
  return exercise(
    "Which deviation keeps the variance of 50 ReLU layers of 100 units level?",
    answer,
    trials.length > 0 ? Math.sqrt(2 / units) : undefined,
    {
      tolerance: 0.03,
      remarks: [
        { to: 2 / units, say: "That is the variance of the kernel" },
        {
          to: Math.sqrt(1 / units),
          say: "That halves the variance in each layer: the ReLU's doing",
        },
        {
          to: (deviation) => deviation < Math.sqrt(2 / units),
          say: "The variance falls with depth: a larger one",
        },
        { to: () => true, say: "The variance grows with depth: a smaller one" },
      ],
      because: "100 Var[W] / 2 = 1 gives the square root of 0.02",
    },
  );
}
