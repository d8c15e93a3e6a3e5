/**
 * The predictions of `notebooks/01_why_depth_was_hard.ipynb`: what is asked
 * before an experiment, and how that is compared with what came out.
 *
 * @module
 */

import type { LayerVariance } from "../../lab/variance_propagation.ts";
import type {
  LayerRecord,
  LayerState,
} from "../../measurements/layer_recorder.ts";
import type { Output } from "../../notebook/bundle.ts";
import {
  judgePrediction,
  predict,
  type Prediction,
} from "../../notebook/prediction.ts";
import { verdict } from "../../notebook/verdict.ts";

/** Records of a training, such as those of `recordLayers`. */
type Records = readonly Pick<LayerRecord, "step" | "layers">[];

const FIRST_SATURATED: Prediction = {
  question: "Which hidden layer of sigmoids will saturate first?",
  choices: ["layer 1", "layer 2", "layer 3", "layer 4", "layer 5"],
};

/** Section 2: notes which layer the reader expects to saturate first. */
export function predictFirstSaturated(answer?: string): Output {
  return predict(FIRST_SATURATED, answer);
}

/** Section 2: the first layer of which more than half is saturated, if any is. */
export function judgeFirstSaturated(
  answer: string | undefined,
  records: Records,
): Output {
  const at = records.find(({ layers }) => layers.some(isSaturated));
  const index = at?.layers.findIndex(isSaturated);
  if (records.length > 1 && index === undefined) {
    return verdict(
      "open",
      "In these steps no layer was more than half saturated: which one is the " +
        "first, more steps or a higher rate would tell",
    );
  }
  return judgePrediction(
    FIRST_SATURATED,
    answer,
    index === undefined ? undefined : `layer ${index + 1}`,
    `More than half of its activations are saturated at step ${at?.step}`,
  );
}

function isSaturated({ saturation }: LayerState): boolean {
  return saturation !== undefined && saturation.low + saturation.high > 0.5;
}

const TANH_ORDER: Prediction = {
  question: "With tanh, from which end do activations grow towards -1 and 1?",
  choices: ["from the image", "from the classifier"],
};

/** Section 2: notes from which end the reader expects tanh to saturate. */
export function predictTanhOrder(answer?: string): Output {
  return predict(TANH_ORDER, answer);
}

/** Section 2: which end's 98 percentile is higher when training ends. */
export function judgeTanhOrder(
  answer: string | undefined,
  records: Records,
): Output {
  const percentiles = records.at(-1)?.layers
    .map(({ activations }) => activations.percentile98) ?? [];
  const [first, last] = [percentiles[0], percentiles.at(-1)];
  const found = first === undefined || last === undefined
    ? undefined
    : first > last
    ? "from the image"
    : "from the classifier";
  return judgePrediction(
    TANH_ORDER,
    answer,
    found,
    `98 percentiles: ${first?.toFixed(2)} in the first layer, ` +
      `${last?.toFixed(2)} in the last`,
  );
}

const XAVIER_FALL: Prediction = {
  question: "By how many powers of ten will the variance of 50 ReLU layers " +
    "fall with Xavier's initialisation?",
  choices: ["less than 5", "5 to 20", "more than 20"],
};

/** Section 4: notes how far the reader expects the variance to fall. */
export function predictXavierFall(answer?: string): Output {
  return predict(XAVIER_FALL, answer);
}

/**
 * Section 4: compares the prediction with the measured outputs.
 *
 * @param layers What Xavier's initialisation led to.
 */
export function judgeXavierFall(
  answer: string | undefined,
  layers: readonly LayerVariance[] | undefined,
): Output {
  const [first, last] = [layers?.[0], layers?.at(-1)];
  const powers = first && last &&
    Math.log10(first.forward.measured / last.forward.measured);
  const [few, some, many] = XAVIER_FALL.choices;
  return judgePrediction(
    XAVIER_FALL,
    answer,
    powers === undefined
      ? undefined
      : powers < 5
      ? few
      : powers <= 20
      ? some
      : many,
    `It falls by ${powers?.toFixed(1)}: a half in each layer is ` +
      `${(49 * Math.log10(2)).toFixed(1)} in 49 of them`,
  );
}

const NORMALISED_GRADIENT: Prediction = {
  question: "With BN in 50 ReLU layers, how large will the first layer's " +
    "gradient be, compared with the last one's?",
  choices: ["smaller", "alike", "larger"],
};

/** Section 6: notes how the reader expects gradients to change. */
export function predictNormalisedGradient(answer?: string): Output {
  return predict(NORMALISED_GRADIENT, answer);
}

/** Section 6: "alike" is within a factor of 3. */
export function judgeNormalisedGradient(
  answer: string | undefined,
  record: Pick<LayerRecord, "layers">,
): Output {
  const ratio = record.layers[0]!.gradientNorm /
    record.layers.at(-1)!.gradientNorm;
  return judgePrediction(
    NORMALISED_GRADIENT,
    answer,
    ratio > 3 ? "larger" : ratio < 1 / 3 ? "smaller" : "alike",
    `It is ${ratio.toPrecision(2)} times the last one's`,
  );
}

const MORE_SATURATED: Prediction = {
  question: "Of which will more activations be saturated in the first layer?",
  choices: ["tanh", "softsign"],
};

/** Exercise 6, before the experiment. */
export function predictMoreSaturated(answer?: string): Output {
  return predict(MORE_SATURATED, answer);
}

/**
 * Exercise 6, after the experiment.
 *
 * @param tanh What section 2 recorded.
 * @param softsign The experiment's records; empty before it has run.
 */
export function judgeMoreSaturated(
  answer: string | undefined,
  tanh: Records,
  softsign: Records,
): Output {
  const share = (records: Records) => {
    const { low = NaN, high = NaN } = records.at(-1)?.layers[0]?.saturation ??
      {};
    return low + high;
  };
  const [ofTanh, ofSoftsign] = [share(tanh), share(softsign)];
  const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
  return judgePrediction(
    MORE_SATURATED,
    answer,
    softsign.length === 0
      ? undefined
      : ofTanh > ofSoftsign
      ? "tanh"
      : "softsign",
    `${percent(ofTanh)} of tanh's, ${percent(ofSoftsign)} of softsign's: ` +
      "softsign nears its ends as 1/x, tanh as an exponential function",
  );
}
