import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as exercises from "../../lib/exercises/shortcuts.ts";
import type { RunRecord } from "../../lib/records/schema.ts";
import { sampleRecord } from "../records/sample_record.ts";
import { assertAsks } from "./assert_asks.ts";
import { type Case, testCases, words } from "./exercise_cases.ts";

/** A run that ended at a training loss, and a test error. */
function ended(
  trainLoss: number | null,
  testError = 50,
  stoppedBy: RunRecord["stoppedBy"] = "steps",
) {
  const sample = sampleRecord();
  const final = { ...sample.final, trainLoss, testError };
  return { record: { ...sample, final, stoppedBy } };
}

/** Runs of an option by their test errors. */
const seeds = (...errors: number[]) =>
  errors.map((error) => ended(1, error).record);

const TRIALS = [
  { bias: 3, loss: 2.2 },
  { bias: 0, loss: 2.15 },
  { bias: -2, loss: 2 },
  { bias: -8, loss: null },
];

const CASES: Case<number, keyof typeof exercises>[] = [
  ["optionBParameters", exercises.optionBParameters, [2752], [
    [0, "option A"],
    [512 + 2048, "what follows each"],
    [131_072 + 131_072, "multiply-adds"],
    [9 * 16 * 32, "Unfold the hint"],
  ]],
  ["moreProjectionsInC", exercises.moreProjectionsInC, [13], [
    [16, "all of option C"],
    [3, "of option B"],
    [12, "keeps its 64 channels"],
    [32, "in the units' bodies"],
  ]],
  ["bottleneckFactor", exercises.bottleneckFactor, [33 / 17, 1.94], [
    [2, "what is it exactly"],
    [19 / 18, "two 3x3 convolutions"],
    [16 / 17, "what is added"],
    [12 / 11, "between all of them"],
  ]],
  ["biasThatCarries", exercises.biasThatCarries, [
    Math.log(0.01 / 0.99),
    -4.6,
  ], [
    [Math.log(99), "which way does T open"],
    [-2, "88 %"],
    [0.01, "That is T"],
  ]],
  ["bestGateBias", (answer) => exercises.bestGateBias(answer, TRIALS), [-2], [
    [3, "the most closed"],
    [-8, "carry almost all"],
    [0, "is lower"],
    [1, "Name one that you tried"],
  ]],
];

testCases(CASES);

Deno.test("exercises on shortcuts ask for experiments that have not run", () => {
  const outputs = [
    exercises.bestGateBias(0, []),
    exercises.bestGateBias(3, TRIALS.slice(0, 1)),
    exercises.judgeBestOption("A", [seeds(36), seeds(), seeds(35)], null),
    exercises.judgeLowestLoss("plain", [ended(2), ended(1)]),
    exercises.judgeLowestLoss("plain", [
      ended(2),
      ended(1.9),
      ended(1.8, 50, "user"),
    ]),
    exercises.judgeDeeperHighway("yes", []),
    exercises.judgeDeeperHighway("yes", [ended(2), ended(1, 50, "user")]),
  ];
  for (const output of outputs) {
    assert(words(output).startsWith("Your turn, experiment first: "));
  }
});

Deno.test("judgeBestOption() compares mean errors over seeds", () => {
  const options = [seeds(36, 38), seeds(30.5, 30.7), seeds(35, 39)];
  assertEquals(
    words(exercises.judgeBestOption("c", options, 1.8)),
    "✗ You predicted C, but it is B. Mean errors: 37.0 % of A (2 runs), " +
      "30.6 % of B (2 runs), 37.0 % of C (2 runs)",
  );
  assertStringIncludes(
    words(exercises.judgeBestOption("A", [seeds(1), seeds(7), seeds(9)], null)),
    "✓ You predicted A, and so it is. Mean errors: 1.0 % of A (one run), ",
  );
});

Deno.test("judgeBestOption() leaves open what single runs cannot tell", () => {
  const committed = [seeds(36), seeds(37.5), seeds(39.3)];
  for (const answer of ["A", "B", "C"]) {
    assertStringIncludes(
      words(exercises.judgeBestOption(answer, committed, null)),
      `You predicted ${answer}; whether it is A or B or C these runs cannot tell.`,
    );
  }
  const two = [seeds(36), seeds(45), seeds(39.3)];
  assertStringIncludes(
    words(exercises.judgeBestOption("B", two, null)),
    "✗ You predicted B, but it is A or C.",
  );
});

Deno.test("judgeLowestLoss() names the network by its shortcuts", () => {
  assertEquals(
    words(exercises.judgeLowestLoss("highway", [
      ended(2.14),
      ended(2.06),
      ended(1.95),
    ])),
    "✗ You predicted highway, but it is residual. Training losses: " +
      "residual 1.95, highway 2.06, plain 2.14",
  );
});

Deno.test("judgeDeeperHighway() takes a loss that is no number for the worst", () => {
  const judge = (deep: number | null) =>
    words(exercises.judgeDeeperHighway("yes", [ended(2), ended(deep)]));
  assertStringIncludes(judge(1.9), "✓ You predicted yes");
  assertStringIncludes(judge(2.1), "✗ You predicted yes, but it is no.");
  assertStringIncludes(judge(null), "✗ You predicted yes, but it is no.");
});

Deno.test("04_shortcuts asks each exercise, and shows no answer", async () => {
  await assertAsks("04_shortcuts", Object.keys(exercises));
});
