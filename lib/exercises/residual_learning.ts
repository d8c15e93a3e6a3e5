/**
 * The exercises of `notebooks/03_residual_learning.ipynb`: what is asked, what
 * is right, and what is said to typical slips. Their answers are here, out of
 * sight of the notebook: read it afterwards.
 *
 * @module
 */

import { identityFactor } from "../lab/identity_factor.ts";
import type { IdentityRun } from "../lab/learn_identity.ts";
import type { SeveralLesions } from "../measurements/lesion_study.ts";
import type { PathGradients } from "../measurements/path_gradients.ts";
import { cifarResNet } from "../networks/cifar.ts";
import { unitPlaces } from "../networks/unit_places.ts";
import type { Output } from "../notebook/bundle.ts";
import { exercise } from "../notebook/exercise.ts";
import { wrongAnswer } from "../notebook/verdict.ts";
import { mean } from "../records/mean.ts";

export * from "./predictions/residual_learning.ts";

/** Exercise 1. */
export function pathsOfResNet20(answer?: number): Output {
  const units = unitPlaces(cifarResNet({ depth: 20 })).length;
  return exercise(
    "How many paths lead through ResNet-20?",
    answer,
    2 ** units,
    {
      remarks: [
        { to: units, say: "So many units: each doubles the paths" },
        { to: 2 * units, say: "Ways add up side by side; one after another?" },
        { to: units ** 2, say: "Two units have 4 paths, three have 8" },
        { to: 2 ** 20, say: "The choice is made at each unit, not each layer" },
        { to: 2 ** 18, say: "A unit goes around two layers" },
        { to: 2 ** units - 1, say: "The path of shortcuts only is one, too" },
      ],
      because: `${units} units, a choice of two ways at each`,
    },
  );
}

/** Exercise 2. */
export function meanPathLength(answer?: number): Output {
  const units = unitPlaces(cifarResNet({ depth: 110 })).length;
  return exercise(
    "Through how many bodies does the average path of ResNet-110 lead?",
    answer,
    units / 2,
    {
      remarks: [
        { to: units, say: "That is the longest path" },
        { to: 0, say: "That is the shortest path" },
        { to: 110, say: "Count units: how many has ResNet-110?" },
        { to: 55, say: "Count bodies, of two layers each" },
        { to: (units + 1) / 2, say: "Lengths begin at 0" },
      ],
      because: `Each of ${units} units is on half of the paths`,
    },
  );
}

/**
 * Exercise 3.
 *
 * @param runs Runs of one layer with ReLU'd inputs, of several seeds, of which
 * the errors before the first update count.
 */
export function startingError(
  answer: number | undefined,
  runs: readonly IdentityRun[],
): Output {
  const first = runs.filter(({ kind }) => kind === "residual")
    .map(({ losses }) => losses[0] ?? NaN);
  return exercise(
    "What is the error of W x + x before training, on average?",
    answer,
    2,
    {
      remarks: [
        { to: 0, say: "It would be, if W were 0: He draws it" },
        {
          to: 1,
          say: "He's variance is 2 / n: ReLU would halve what comes out, " +
            "but there is none",
        },
        { to: 3, say: "That is the plain layer: W x is compared with x" },
        { to: 0.5, say: "Divide by the mean square of x, not of n" },
      ],
      because: Number.isFinite(mean(first))
        ? `Measured, the mean over ${first.length} seeds: ${
          mean(first).toFixed(2)
        }`
        : "The variance of a weight is 2 / n, and n of them are summed",
    },
  );
}

/**
 * Exercise 4.
 *
 * @param lengths What section 5 measured.
 */
export function heaviestLength(
  answer: number | undefined,
  lengths: readonly PathGradients[],
): Output {
  const heaviest =
    lengths.toSorted((a, b) => b.share * b.mean - a.share * a.mean)[0];
  const usual = Math.max(...lengths.map(({ share }) => share));
  return exercise(
    "Paths of which length carry most of the gradient, all together?",
    answer,
    heaviest?.length,
    {
      remarks: [
        {
          to: (length) =>
            lengths.some((one) =>
              one.length === length && one.share > 0.999 * usual
            ),
          say: "Those are the most frequent: how much comes through one?",
        },
        { to: 0, say: "There is only one of them" },
        {
          to: (length) => !lengths.some((one) => one.length === length),
          say: "No path is so long",
        },
      ],
      because: `The most frequent have ${
        lengths.filter(({ share }) => share > 0.999 * usual)
          .map(({ length }) => length).join(" and ")
      }; what comes through one shifts the weight`,
    },
  );
}

/**
 * Exercise 5.
 *
 * @param trials The depths that were tried, with the runs of each.
 */
export function depthWithoutGain(
  answer: number | undefined,
  trials: readonly {
    readonly depth: number;
    readonly runs: readonly IdentityRun[];
  }[],
): Output {
  const factors = trials.map(({ depth, runs }) => ({
    depth,
    factor: identityFactor(runs) ?? NaN,
  }));
  const [least] = factors.filter(({ factor }) => factor < 3)
    .toSorted((a, b) => a.factor - b.factor);
  const name = (factor: number) => factor.toPrecision(2);
  const allGain = factors.every(({ factor }) => factor >= 3);
  return exercise(
    "At which of your depths does the shortcut gain next to nothing?" +
      (factors.length > 1 && allGain
        ? " At all of them it gains much: try a shallower one"
        : ""),
    answer,
    trials.length > 1 ? least?.depth : undefined,
    {
      remarks: [
        {
          to: (depth) => !factors.some((one) => one.depth === depth),
          say: "Name one that you tried",
        },
        {
          to: (depth) => factors.some((one) => one.depth === depth),
          say: "Compare the two errors there: their ratio is far from 1",
        },
      ],
      because: "The errors differ by a factor of " +
        `${name(least?.factor ?? NaN)}. With no ReLU in between, W x and ` +
        "W x + x are both linear: R15 section 3.2 observed no advantage",
    },
  );
}

/**
 * Exercise 6.
 *
 * @param whole The error of the whole network, in percent.
 * @param several What was measured without several units.
 */
export function unitsToLose(
  answer: number | undefined,
  whole: number,
  several: readonly SeveralLesions[],
): Output {
  const halfway = (whole + 90) / 2;
  const least = several.toSorted((a, b) => a.count - b.count)
    .find(({ outcomes }) => {
      const sum = outcomes.reduce((sum, { error }) => sum + error, 0);
      return outcomes.length > 0 && sum / outcomes.length >= halfway;
    });
  const fewer = (least?.count ?? 0) - 1;
  const tried = several.some(({ count, outcomes }) =>
    count === fewer && outcomes.length > 0
  );
  if (answer !== undefined && answer === least?.count && answer > 1 && !tried) {
    return wrongAnswer(
      `${answer} is not it yet. How do you know that ${fewer} is not enough? Try it, too`,
    );
  }
  return exercise(
    "How many units are dropped when the mean error is first halfway to chance?",
    answer,
    least?.count,
    {
      remarks: [
        {
          to: (count) => !several.some((one) => one.count === count),
          say: "You have not tried this number",
        },
        {
          to: (count) => count < (least?.count ?? 0),
          say: "Its mean error is not halfway yet",
        },
        { to: () => true, say: "One with fewer is halfway already" },
      ],
      because: `Halfway from ${whole.toFixed(1)} % to 90 % is ` +
        `${halfway.toFixed(1)} %`,
    },
  );
}
