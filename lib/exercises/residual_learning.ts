/**
 * The exercises of `notebooks/03_residual_learning.ipynb`: what is asked, what
 * is right, and what is said to typical slips. Their answers are here, out of
 * sight of the notebook: read it afterwards.
 *
 * @module
 */

import type { IdentityRun } from "../lab/learn_identity.ts";
import type { LayerResponse } from "../measurements/layer_responses.ts";
import type {
  LesionStudy,
  SeveralLesions,
} from "../measurements/lesion_study.ts";
import type { PathGradients } from "../measurements/path_gradients.ts";
import { cifarResNet } from "../networks/cifar.ts";
import { unitPlaces } from "../networks/unit_places.ts";
import type { Output } from "../notebook/bundle.ts";
import { exercise } from "../notebook/exercise.ts";
import {
  judgePrediction,
  predict,
  type Prediction,
} from "../notebook/prediction.ts";

const IDENTITY_FACTOR: Prediction = {
  question: "How many times smaller is the error of F(x) + x at the end?",
  choices: ["less than 2", "2 to 10", "10 to 100", "more than 100"],
};

/** Section 2: notes what the reader thinks the shortcut is worth. */
export function predictIdentityFactor(answer?: string): Output {
  return predict(IDENTITY_FACTOR, answer);
}

/** Section 2: compares the prediction with the runs, if all have ended. */
export function judgeIdentityFactor(
  answer: string | undefined,
  runs: readonly IdentityRun[],
): Output {
  const factor = identityFactor(runs);
  if (factor === undefined) {
    return judgePrediction(IDENTITY_FACTOR, answer, undefined);
  }
  const limits = [2, 10, 100].filter((limit) => factor >= limit).length;
  return judgePrediction(
    IDENTITY_FACTOR,
    answer,
    IDENTITY_FACTOR.choices[limits],
    `By the median over the seeds it is ${factor.toPrecision(2)} times smaller`,
  );
}

/** The last error of the stack over that of the unit: the median over seeds. */
function identityFactor(runs: readonly IdentityRun[]): number | undefined {
  const last = (kind: IdentityRun["kind"], seed: number) =>
    runs.find((run) => run.kind === kind && run.seed === seed)?.losses.at(-1);
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const factors = seeds.map((seed) =>
    (last("plain", seed) ?? NaN) / (last("residual", seed) ?? NaN)
  ).filter((factor) => factor > 0).toSorted((a, b) => a - b);
  return factors[Math.floor(factors.length / 2)];
}

const SMALLEST_RESPONSES: Prediction = {
  question: "Whose layers respond least, by the mean of their deviations?",
  choices: ["plain-20", "plain-56", "ResNet-20", "ResNet-56"],
};

/** Section 4: notes whose responses the reader thinks are smallest. */
export function predictSmallestResponses(answer?: string): Output {
  return predict(SMALLEST_RESPONSES, answer);
}

/**
 * Section 4: compares the prediction with what was measured.
 *
 * @param networks All four, whether or not they are called narrow.
 */
export function judgeSmallestResponses(
  answer: string | undefined,
  networks: readonly {
    readonly name: string;
    readonly responses: readonly LayerResponse[];
  }[],
): Output {
  const found = networks.map(({ name, responses }) => ({
    name: name.replace(/^narrow /, ""),
    mean: responses.reduce((sum, one) => sum + one.deviation, 0) /
      responses.length,
  })).toSorted((a, b) => a.mean - b.mean);
  const all = SMALLEST_RESPONSES.choices.every((choice) =>
    found.some(({ name }) => name === choice)
  );
  return judgePrediction(
    SMALLEST_RESPONSES,
    answer,
    all ? found[0]?.name : undefined,
    `Means: ${
      found.map(({ name, mean }) => `${mean.toFixed(2)} of ${name}`).join(", ")
    }`,
  );
}

const MOST_MISSED: Prediction = {
  question: "Which unit of ResNet-20 will be missed most?",
  choices: ["the first one", "one where the size changes", "another one"],
};

/** Section 6: notes which unit the reader thinks is needed most. */
export function predictMostMissed(answer?: string): Output {
  return predict(MOST_MISSED, answer);
}

/** Section 6: compares the prediction with the lesion study of ResNet-20. */
export function judgeMostMissed(
  answer: string | undefined,
  study: Pick<LesionStudy, "lesions"> | undefined,
): Output {
  const lesions = study?.lesions ?? [];
  // By loss, not error: two units may be equally many images worth.
  const [most] = lesions.toSorted((a, b) => b.loss - a.loss);
  if (most === undefined || lesions.length < 9) {
    return judgePrediction(MOST_MISSED, answer, undefined);
  }
  const [first, changes, other] = MOST_MISSED.choices;
  const isFirst = most.dropped === lesions[0]?.dropped;
  const found = isFirst ? first : /unit1$/.test(most.dropped) ? changes : other;
  return judgePrediction(
    MOST_MISSED,
    answer,
    found,
    `Without ${most.dropped} the loss is ${most.loss.toFixed(2)}`,
  );
}

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
  const mean = first.reduce((sum, loss) => sum + loss, 0) / first.length;
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
      because: Number.isFinite(mean)
        ? `Measured, the mean over ${first.length} seeds: ${mean.toFixed(2)}`
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
  return exercise(
    "At which of your depths does the shortcut gain next to nothing?",
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
