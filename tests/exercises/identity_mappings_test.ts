import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as exercises from "../../lib/exercises/identity_mappings.ts";
import { assertAsks } from "./assert_asks.ts";
import { type Case, testCases, words } from "./exercise_cases.ts";

const TRIALS = [
  { lambda: 0.5, loss: 2.28 },
  { lambda: 0.9, loss: 2.2 },
  { lambda: 1, loss: 2.05 },
  { lambda: 1.1, loss: null },
];

const CASES: Case<number>[] = [
  ["productOfShortcuts", exercises.productOfShortcuts, 0.5812, [
    [53.46, "multiplied, not added"],
    [0.46, "of what is left"],
    [0.3378, "count units"],
    [0.99, "That is one unit"],
    [5, "Unfold the hint"],
  ]],
  ["factorOfBody", exercises.factorOfBody, 0.125, [
    [0.25, "and its own?"],
    [0.0625, "the shortcut of its own unit"],
    [0.5, "x_{l+1}"],
    [1, "Without scaling"],
  ]],
  ["biasThatLeavesHalf", exercises.biasThatLeavesHalf, -4.35, [
    [4.35, "mind the sign"],
    [0, "each single gate leaves half"],
    [0.01275, "That is g(x)"],
    [0.98725, "That is 1 - g(x)"],
    [-6, "more than half is left"],
    [-1, "less than half is left"],
  ]],
  [
    "bestShortcutFactor",
    (answer) => exercises.bestShortcutFactor(answer, TRIALS),
    1,
    [
      [0.9, "A larger factor trained better"],
      [1.1, "A smaller factor trained better"],
      [2, "Name one that you tried"],
    ],
  ],
];

testCases(CASES);

Deno.test("the bias of exercise 3 leaves half of the signal", () => {
  const gate = 1 / (1 + Math.exp(4.35));
  assert(Math.abs((1 - gate) ** 54 - 0.5) < 0.001);
});

Deno.test("bestShortcutFactor() takes losses that are close for one", () => {
  const trials = [...TRIALS, { lambda: 1.05, loss: 1.99 }];
  for (const answer of [1, 1.05]) {
    assertStringIncludes(
      words(exercises.bestShortcutFactor(answer, trials)),
      `✓ ${answer} is right. 1.05 and 1 end within 0.1`,
    );
  }
});

Deno.test("bestShortcutFactor() waits for the experiment", () => {
  assertStringIncludes(
    words(exercises.bestShortcutFactor(1, [])),
    "experiment first",
  );
});

Deno.test("judgeArrives() judges by what was measured", () => {
  const { judgeArrives, predictArrives } = exercises;
  assertStringIncludes(words(predictArrives()), "about a tenth");
  assertEquals(
    words(judgeArrives("less than a hundredth", 0.9 ** 54)),
    "✓ You predicted less than a hundredth, and so it is. Measured: 0.0034",
  );
  assertStringIncludes(words(judgeArrives("about a half", 0.1)), "a tenth");
  assertStringIncludes(words(judgeArrives("about a tenth", 0.58)), "a half");
  assertStringIncludes(
    words(judgeArrives("about a half", undefined)),
    "experiment first",
  );
});

const LOSSES = [
  { variant: "original", trainLoss: 2 },
  { variant: "constant scaling", trainLoss: 2.3 },
  { variant: "exclusive gating", trainLoss: 2.26 },
  { variant: "shortcut-only gating", trainLoss: 2.05 },
  { variant: "1x1 convolution", trainLoss: 2.27 },
  { variant: "dropout", trainLoss: null },
] as const;

Deno.test("judgeClosest() takes the lowest loss of the five others", () => {
  const { judgeClosest, predictClosest } = exercises;
  assertStringIncludes(words(predictClosest()), "1x1 convolution, dropout");
  const right = words(judgeClosest("shortcut-only gating", LOSSES));
  assert(right.startsWith("✓ You predicted shortcut-only gating"));
  assertStringIncludes(right, "2.30 with constant scaling, no number with dro");
  const wrong = words(judgeClosest("dropout", LOSSES));
  assert(wrong.startsWith("✗ You predicted dropout, but it is shortcut-only"));
  const stopped = words(judgeClosest("dropout", LOSSES.slice(0, 5)));
  assertStringIncludes(stopped, "experiment first");
});

Deno.test("judgeGates() compares the means before and after", () => {
  const { judgeGates, predictGates } = exercises;
  assertStringIncludes(words(predictGates("fall")), "Noted: fall");
  const [low, high] = [[{ mean: 0.01 }, { mean: 0.03 }], [{ mean: 0.05 }]];
  assertEquals(
    words(judgeGates("rise", low, high)),
    "✓ You predicted rise, and so it is. " +
      "The mean of g(x) goes from 0.0200 to 0.0500",
  );
  assert(words(judgeGates("rise", high, low)).includes("but it is fall"));
  assertStringIncludes(
    words(judgeGates("rise", [{ mean: 0.0279 }], [{ mean: 0.0291 }])),
    "whether it is rise or fall these runs cannot tell",
  );
  assertStringIncludes(words(judgeGates("rise", [], [])), "experiment first");
});

Deno.test("07_identity_mappings asks each exercise, and shows no answer", async () => {
  await assertAsks("07_identity_mappings", Object.keys(exercises));
});
