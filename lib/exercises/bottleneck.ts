/**
 * The exercises of `notebooks/06_bottleneck.ipynb`: what is asked, what is
 * right, and what is said to typical slips. Their answers are here, out of
 * sight of the notebook: read it afterwards.
 *
 * @module
 */

import type { ComparedRun } from "../lab/compare.ts";
import type { StepCost } from "../measurements/step_cost.ts";
import { countMultiplyAdds, depthOf } from "../networks/count.ts";
import { imageNetResNet } from "../networks/imagenet.ts";
import type { Network } from "../networks/layer.ts";
import { loneUnit } from "../networks/lone_unit.ts";
import { outputShapeOfAll } from "../networks/shape.ts";
import type { Output } from "../notebook/bundle.ts";
import { exercise } from "../notebook/exercise.ts";
import {
  judgePrediction,
  predict,
  type Prediction,
} from "../notebook/prediction.ts";
import { judgeLowest } from "./judge_lowest.ts";

const TIMES_DEARER: Prediction = {
  question: "About how many times ResNet-34's multiply-adds does ResNet-152 " +
    "need?",
  choices: ["1.5", "3", "4.5", "8"],
};

/** Section 3: notes how much dearer the reader thinks ResNet-152 is. */
export function predictTimesDearer(answer?: string): Output {
  return predict(TIMES_DEARER, answer);
}

/** Section 4: compares the prediction with the count. */
export function judgeTimesDearer(
  answer: string | undefined,
  networks: readonly Network[],
): Output {
  const [shallow, deep] = ["ResNet-34", "ResNet-152"].map((name) => {
    const network = networks.find((one) => one.name === name);
    return network && countMultiplyAdds(network) / 1e9;
  });
  if (shallow === undefined || deep === undefined) {
    return judgePrediction(TIMES_DEARER, answer, undefined);
  }
  const times = deep / shallow;
  const off = (choice: string) => Math.abs(Math.log(Number(choice) / times));
  const [nearest] = TIMES_DEARER.choices.toSorted((a, b) => off(a) - off(b));
  return judgePrediction(
    TIMES_DEARER,
    answer,
    nearest,
    `Counted: ${times.toFixed(2)} times, ${deep.toFixed(1)} billion against ${
      shallow.toFixed(1)
    }`,
  );
}

const SLOWER: Prediction = {
  question: "Which takes longer for a training step: the basic unit, the " +
    "bottleneck, or are they about the same (within 15 %)?",
  choices: ["basic", "bottleneck", "the same"],
};

/** How far the times of two units may be apart to be about the same. */
const ABOUT = 1.15;

/** Section 6: notes which unit the reader thinks takes longer. */
export function predictSlower(answer?: string): Output {
  return predict(SLOWER, answer);
}

/**
 * Section 6: compares the prediction with what was measured.
 *
 * @param costs Of the basic unit and of the bottleneck.
 */
export function judgeSlower(
  answer: string | undefined,
  costs: readonly StepCost[],
): Output {
  const [basic, bottleneck] = costs.map(({ milliseconds }) => milliseconds);
  const ratio = bottleneck! / basic!;
  const found = ratio > ABOUT
    ? "bottleneck"
    : ratio < 1 / ABOUT
    ? "basic"
    : "the same";
  return judgePrediction(
    SLOWER,
    answer,
    found,
    `Measured here: the bottleneck takes ${ratio.toFixed(2)} times as long`,
  );
}

/** Exercise 1. */
export function layersOfUnits(answer?: number): Output {
  return exercise(
    "How many layers has the ResNet of 3, 24, 36 and 3 bottlenecks?",
    answer,
    depthOf(imageNetResNet({ depth: 200 })),
    {
      remarks: [
        { to: 66, say: "These are the units: how many layers has one?" },
        { to: 198, say: "Two layers are in no unit" },
        { to: 134, say: "So it would be with basic units" },
        { to: 132, say: "A bottleneck has three layers, and two are in none" },
      ],
      because: "3 (3 + 24 + 36 + 3) + 2: the ResNet-200 of R16 section 5",
    },
  );
}

/** Exercise 2. */
export function projectionOnBasic(answer?: number): Output {
  return exercise(
    "How many times as dear does a projection make the basic unit?",
    answer,
    countMultiplyAdds(loneUnit({ unit: "basic", shortcut: "C" })) /
      countMultiplyAdds(loneUnit({ unit: "basic" })),
    {
      tolerance: 0.002,
      remarks: [
        { to: 33 / 17, say: "So it is with the bottleneck" },
        {
          to: 18 / 17,
          say: "As a fraction? 18 / 17 would compare the two units without " +
            "projections",
        },
        { to: 2, say: "Compare 1x1 with two times 3x3, in the same channels" },
        { to: 1 / 18, say: "That is what comes on top: over the whole unit?" },
        { to: 10 / 9, say: "The unit has two 3x3 convolutions" },
        { to: 1.5, say: "So it would be with a 3x3 on the shortcut" },
        { to: 18 / 19, say: "The other way round" },
      ],
      because: "(18 + 1) / 18: where both ends have as few channels as the " +
        "middle, a projection costs little",
    },
  );
}

/** Exercise 3. */
export function dearerByStride(answer?: number): Output {
  const [paper, later] = (["paper", "v1.5"] as const).map((stride) =>
    countMultiplyAdds(imageNetResNet({ depth: 50, stride }))
  );
  return exercise(
    "By how many per cent is ResNet-50 dearer in v1.5?",
    answer,
    100 * (later! / paper! - 1),
    {
      tolerance: 0.02,
      remarks: [
        { to: later! / paper!, say: "That is the factor" },
        { to: later! / paper! - 1, say: "In per cent" },
        { to: 100 * later! / paper!, say: "By how many more than 100?" },
        {
          to: 100 * (4.1 / 3.8 - 1),
          say: "Those are rounded, and the paper's is cut off: count both",
        },
        { to: 100 * (1 - paper! / later!), say: "Per cent of the paper's" },
        { to: 0, say: "On how many pixels does the first 1x1 work in each?" },
      ],
      because: "Three first 1x1 convolutions work on four times the pixels",
    },
  );
}

/** Exercise 4. */
export function placesAtScale(answer?: number): Output {
  const places = [512, 768].map((length) => mapOf(length) - mapOf(224) + 1);
  return exercise(
    "How many places of a picture of 512 x 768 does the classifier read?",
    answer,
    places[0]! * places[1]!,
    {
      remarks: [
        {
          to: mapOf(512) * mapOf(768),
          say: "That is the map; a square of 7 x 7 does not fit at each pixel",
        },
        { to: 9 * 17, say: "A row of 16 has room for 7 at one place more" },
        { to: 100, say: "The picture is wider than high" },
        {
          to: 2 * places[0]! * places[1]!,
          say: "Without the mirror image",
        },
        { to: 1, say: "That is in training, and at the scale 224" },
      ],
      because: "The map has 16 x 24 pixels: (16 - 6) (24 - 6)",
    },
  );
}

/** The side of the last maps of a picture with such a side. */
function mapOf(length: number): number {
  const { layers } = imageNetResNet({ depth: 18 });
  const body = layers.slice(0, -2); // without pooling and classifier
  return outputShapeOfAll(body, [length, length, 3])[0]!;
}

/** A bottleneck of some inner width, timed. */
export interface WidthTrial {
  readonly width: number;
  readonly milliseconds: number;
}

/**
 * Exercise 5.
 *
 * @param trials The bottlenecks that were timed.
 * @param basic What the basic unit took, in turns with them.
 */
export function widthOfEqualTime(
  answer: number | undefined,
  trials: readonly WidthTrial[],
  basic: Pick<StepCost, "milliseconds"> | undefined,
): Output {
  const off = ({ milliseconds }: WidthTrial) =>
    Math.abs(Math.log(milliseconds / (basic?.milliseconds ?? NaN)));
  const [nearest] = trials.toSorted((a, b) => off(a) - off(b));
  return exercise(
    "At which of your widths is the bottleneck's time nearest the basic unit's?",
    answer,
    trials.length < 2 ? undefined : nearest?.width,
    {
      remarks: [
        {
          to: (width) => !trials.some((trial) => trial.width === width),
          say: "Name one that you tried",
        },
        {
          to: (width) => width > (nearest?.width ?? 0),
          say: "A narrower one comes nearer: compare the times",
        },
        { to: () => true, say: "A wider one comes nearer: compare the times" },
      ],
    },
  );
}

const LEARNS_MORE: Prediction = {
  question: "Which will have the lower training loss after these few steps?",
  choices: ["basic", "bottleneck"],
};

/** Exercise 6, before the experiment. */
export function predictLearnsMore(answer?: string): Output {
  return predict(LEARNS_MORE, answer);
}

/**
 * Exercise 6, after the experiment.
 *
 * @param runs The runs of a network of basic units and of one of bottlenecks;
 * none before the experiment.
 */
export function judgeLearnsMore(
  answer: string | undefined,
  runs: readonly Pick<ComparedRun, "name" | "record">[],
): Output {
  return judgeLowest(
    LEARNS_MORE,
    answer,
    runs.map(({ name, record }) => ({
      name: name.includes("bottleneck") ? "bottleneck" : "basic",
      record,
    })),
  );
}
