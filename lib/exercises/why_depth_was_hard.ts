/**
 * The exercises of `notebooks/01_why_depth_was_hard.ipynb`: what is asked, what
 * is right, and what is said to typical slips. Their answers are here, out of
 * sight of the notebook: read it afterwards.
 *
 * @module
 */

import type { LayerVariance } from "../lab/variance_propagation.ts";
import type {
  LayerRecord,
  LayerState,
} from "../measurements/layer_recorder.ts";
import type { Output } from "../notebook/bundle.ts";
import { exercise } from "../notebook/exercise.ts";
import {
  judgePrediction,
  predict,
  type Prediction,
} from "../notebook/prediction.ts";

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
          say: "That counts where an input goes to: the fan-out",
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
