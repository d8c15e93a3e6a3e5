/**
 * The predictions of `notebooks/03_residual_learning.ipynb`: what is asked
 * before an experiment, and how that is compared with what came out.
 *
 * @module
 */

import { identityFactor } from "../../lab/identity_factor.ts";
import type { IdentityRun } from "../../lab/learn_identity.ts";
import {
  furthestResponse,
  timesFromOne,
} from "../../measurements/furthest_response.ts";
import type { NetworkResponses } from "../../measurements/layer_responses.ts";
import type { LesionStudy } from "../../measurements/lesion_study.ts";
import type { Output } from "../../notebook/bundle.ts";
import {
  judgePrediction,
  predict,
  type Prediction,
} from "../../notebook/prediction.ts";

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

const FURTHEST_RESPONSE: Prediction = {
  question: "In which network has training moved a response furthest from 1?",
  choices: ["plain-20", "plain-56", "ResNet-20", "ResNet-56"],
};

/** Section 4: notes whose responses the reader thinks have moved most. */
export function predictFurthestResponse(answer?: string): Output {
  return predict(FURTHEST_RESPONSE, answer);
}

/** Part by which a response has to be further off to be told from another. */
const SAME_DISTANCE = 0.05;

/**
 * Section 4: compares the prediction with what was measured. Twice as much as 1
 * is as far as half of it.
 *
 * @param networks All four, whether or not they are called narrow.
 */
export function judgeFurthestResponse(
  answer: string | undefined,
  networks: readonly NetworkResponses[],
): Output {
  const found = networks.flatMap(({ name, responses }) => {
    const furthest = furthestResponse(responses);
    const short = name.replace(/^narrow /, "");
    return furthest
      ? [{ name: short, furthest, layers: responses.length }]
      : [];
  }).toSorted((a, b) => timesFromOne(b.furthest) - timesFromOne(a.furthest));
  const all = FURTHEST_RESPONSE.choices.every((choice) =>
    found.some(({ name }) => name === choice)
  );
  const alike = found.filter(({ furthest }) =>
    timesFromOne(furthest) * (1 + SAME_DISTANCE) >=
      timesFromOne(found[0]!.furthest)
  ).map(({ name }) => name);
  return judgePrediction(
    FURTHEST_RESPONSE,
    answer,
    all ? alike : undefined,
    `Furthest: ${
      found.map(({ name, furthest: { deviation, layer }, layers }) =>
        `${deviation.toFixed(2)} in layer ${layer} of ${layers} of ${name}`
      ).join(", ")
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
