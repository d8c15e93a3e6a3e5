import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as exercises from "../../lib/exercises/why_depth_was_hard.ts";
import type {
  LayerRecord,
  LayerState,
} from "../../lib/measurements/layer_recorder.ts";
import { summarise } from "../../lib/measurements/summary.ts";
import { assertAsks } from "./assert_asks.ts";
import { type Case, testCases, words } from "./exercise_cases.ts";

/** A layer with a 98 percentile, a share of saturated units, a gradient. */
function layer(
  { activation = 0, low = 0, high = 0, gradientNorm = 1 } = {},
): LayerState {
  const bins = { low: -1, high: 1, count: 2 };
  const values = summarise(Float32Array.of(activation), bins);
  return {
    path: "activation",
    activations: values,
    gradients: values,
    gradientNorm,
    saturation: { low, high },
  };
}

function record(step: number, layers: LayerState[]): LayerRecord {
  return { step, layers };
}

const CASES: Case<number, keyof typeof exercises>[] = [
  ["deviationOfHe", exercises.deviationOfHe, Math.sqrt(2 / 576), [
    [2 / 576, "the variance"],
    [Math.sqrt(1 / 576), "a ReLU follows"],
    [Math.sqrt(2 / 64), "more than the 64 channels"],
    [Math.sqrt(2 / 2304), "section 3 uses the fan-in"],
    [Math.sqrt(2 / 2880), "That is Xavier's"],
    [5, "Unfold the hint"],
  ]],
  ["throughFiveSigmoids", exercises.throughFiveSigmoids, 1 / 1024, [
    [0.25, "one sigmoid"],
    [1.25, "multiply"],
    [1 / 32, "its slope?"],
    [1, "with tanh"],
    [1 / 256, "five of them"],
  ]],
  ["standardThroughReLU", exercises.standardThroughReLU, 1 / 6, [
    [1 / 3, "and the ReLU?"],
    [1 / 2, "what is it here?"],
    [2 / 3, "divides the mean square by 2"],
    [6, "rise or fall"],
    [1, "That is He's"],
  ]],
  // (6 - 4) / sqrt(2), of the variance (4 + 0 + 0 + 4) / 4, times 3, plus 1.
  ["normalisedByHand", exercises.normalisedByHand, 3 * Math.SQRT2 + 1, [
    [Math.SQRT2, "the scale and the shift?"],
    [1 + 6 / Math.sqrt(8 / 3), "not by one less"],
    [4, "not by the variance"],
    [3 * (Math.SQRT2 + 1), "First the scale"],
    [3 * Math.SQRT2, "And the shift?"],
  ]],
  [
    "levelDeviation",
    (answer) => exercises.levelDeviation(answer, [0.1]),
    0.1414,
    [
      [0.02, "the variance of the kernel"],
      [0.1, "the ReLU's doing"],
      [0.12, "a larger one"],
      [0.2, "a smaller one"],
    ],
  ],
];

testCases(CASES);

Deno.test("exercises and predictions of experiments that have not run ask for them", () => {
  const outputs = [
    exercises.levelDeviation(0.1, []),
    exercises.judgeFirstSaturated("layer 1", [record(0, [layer(), layer()])]),
    exercises.judgeTanhOrder("from the image", []),
    exercises.judgeXavierFall("5 to 20", undefined),
    exercises.judgeMoreSaturated("tanh", [record(0, [layer()])], []),
  ];
  for (const output of outputs) {
    assert(words(output).startsWith("Your turn, experiment first: "));
  }
});

Deno.test("judgeFirstSaturated() finds the first layer that is more than half saturated", () => {
  const records = [
    record(0, [layer(), layer({ low: 0.5 })]),
    record(10, [layer({ high: 0.2 }), layer({ low: 0.3, high: 0.3 })]),
    record(20, [layer({ high: 1 }), layer({ low: 1 })]),
  ];
  assertEquals(
    words(exercises.judgeFirstSaturated("layer 1", records)),
    "✗ You predicted layer 1, but it is layer 2. " +
      "More than half of its activations are saturated at step 10",
  );
  assertStringIncludes(
    words(exercises.judgeFirstSaturated("layer 1", records.slice(0, 1))),
    "experiment first",
  );
  assertStringIncludes(
    words(exercises.judgeFirstSaturated("layer 1", [records[0]!, records[0]!])),
    "no layer was more than half saturated",
  );
});

Deno.test("judgeTanhOrder() compares the ends of the last record", () => {
  const judge = (first: number, last: number) =>
    words(exercises.judgeTanhOrder("from the image", [
      record(0, [layer({ activation: 0.5 }), layer({ activation: 0.5 })]),
      record(9, [layer({ activation: first }), layer({ activation: last })]),
    ]));
  assertStringIncludes(judge(0.9, 0.4), "✓ You predicted from the image");
  assertStringIncludes(judge(0.4, 0.9), "but it is from the classifier");
});

Deno.test("judgeXavierFall() counts powers of ten from the first layer to the last", () => {
  const judge = (end: number) =>
    words(exercises.judgeXavierFall(
      "less than 5",
      [0.5, 1e9, end].map((measured, i) => ({
        layer: i + 1,
        forward: { measured, predicted: 1 },
        backward: { measured: 1, predicted: 1 },
      })),
    ));
  assertStringIncludes(judge(0.5e-3), "✓ You predicted less than 5");
  assertStringIncludes(judge(0.5e-12), "but it is 5 to 20. It falls by 12.0");
  assertStringIncludes(judge(0.5e-21), "but it is more than 20");
});

Deno.test("judgeNormalisedGradient() tells three sizes apart", () => {
  const judge = (first: number) =>
    words(exercises.judgeNormalisedGradient(
      "alike",
      record(0, [layer({ gradientNorm: first }), layer({ gradientNorm: 1 })]),
    ));
  assertStringIncludes(judge(10), "but it is larger. It is 10 times");
  assertStringIncludes(judge(0.1), "but it is smaller");
  assertStringIncludes(judge(2), "✓ You predicted alike");
});

Deno.test("judgeMoreSaturated() compares first layers at the end", () => {
  const run = (high: number) => [
    record(0, [layer({ high: 0.5 })]),
    record(1, [layer({ low: 0.01, high }), layer({ high: 1 })]),
  ];
  assertStringIncludes(
    words(exercises.judgeMoreSaturated("softsign", run(0.04), run(0.01))),
    "You predicted softsign, but it is tanh. 5.0 % of tanh's, 2.0 %",
  );
});

Deno.test("01_why_depth_was_hard asks each exercise, and shows no answer", async () => {
  await assertAsks("01_why_depth_was_hard", Object.keys(exercises));
});
