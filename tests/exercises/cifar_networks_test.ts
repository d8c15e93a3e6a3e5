import { assertEquals, assertStringIncludes } from "@std/assert";
import * as exercises from "../../lib/exercises/cifar_networks.ts";
import type { RateRun } from "../../lib/lab/first_steps.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { assertAsks } from "./assert_asks.ts";
import { type Case, testCases, words } from "./exercise_cases.ts";

function run(
  rate: number,
  losses: number[],
  stoppedBy: RateRun["stoppedBy"] = "steps",
) {
  const points = losses.map((loss, i) => ({ step: 2 * (i + 1), loss }));
  return { rate, losses: points, stoppedBy };
}

const TRIED = [
  run(0.3, [9, 2.5], "not a finite number"),
  run(0.1, [9, 3]),
  run(0.03, [3, 2]),
  run(0.01, [2.5, 2.2]),
];

/** Of which one seed does not tell the first two apart. */
const NEAR = [run(0.1, [3, 2.09]), run(0.03, [2.5, 2]), run(0.01, [2.4, 2.2])];

const CASES: Case<number>[] = [
  ["layersOfN27", exercises.layersOfN27, 164, [
    [162, "outside the stages"],
    [83, "A unit has two layers"],
    [245, "units of three layers"],
    [160, "Unfold the hint"],
  ]],
  ["parametersOfOneMoreWide", exercises.parametersOfOneMoreWide, 387_968, [
    [387_072, "Batch normalisation has parameters too"],
    [97_216, "at the paper's widths"],
    [194_432, "Twice the channels come in"],
    [388_864, "for scales and shifts"],
    [193_984, "two convolutions"],
    [387_520, "a scale and a shift a channel"],
  ]],
  ["deepestBelowAMillion", exercises.deepestBelowAMillion, 62, [
    [10, "That is its n"],
    [60, "No n gives this"],
    [68, "that is too many"],
    [56, "A deeper one has fewer than a million too"],
  ]],
  ["bestFirstRate", (answer) => exercises.bestFirstRate(answer, TRIED), 0.03, [
    [0.3, "past the valley"],
    [0.01, "there are few of them"],
    [1, "Name one that you tried"],
  ]],
  ["bestFirstRate", (answer) => exercises.bestFirstRate(answer, NEAR), [
    0.03,
    0.1,
  ], [[0.01, "there are few of them"]]],
];

testCases(CASES);

Deno.test("passesOfTheRecipe() takes 182 passes, rounded or not", () => {
  const ask = (answer: number) => words(exercises.passesOfTheRecipe(answer));
  for (const right of [182, 182.04, 64000 * 128 / 45000]) {
    assertStringIncludes(ask(right), "is right");
  }
  assertStringIncludes(ask(163.84), "all of the 50,000");
  assertStringIncludes(ask(164), "all of the 50,000");
  assertStringIncludes(ask(500), "A step is of 128 images");
  assertStringIncludes(ask(64000 / 45000), "one image a step");
  assertStringIncludes(ask(8_192_000), "how often is that each");
});

Deno.test("bestFirstRate() says which rates count as one", () => {
  assertEquals(
    words(exercises.bestFirstRate(0.1, NEAR)),
    "✓ 0.1 is right. 0.03 and 0.1 end within 0.1: one seed does not tell " +
      "them apart",
  );
});

Deno.test("judgeWork() finds the stages of ResNet-110 about equal", () => {
  const judge = (answer: string, depth: number) =>
    words(exercises.judgeWork(answer, cifarResNet({ depth })));
  assertStringIncludes(judge("about equal", 110), "and so it is");
  assertStringIncludes(judge("stage 3", 110), "84.9, 83.8, 83.8");
  // Of a unit a stage, half the first convolution's input is a quarter.
  assertStringIncludes(judge("stage 3", 8), "but it is stage 1");
});

Deno.test("judgeRate() compares the second halves", () => {
  const judge = (runs: Parameters<typeof exercises.judgeRate>[1]) =>
    words(exercises.judgeRate("0.01", runs));
  const [, fast, , slow] = TRIED;
  assertEquals(
    judge([fast!, slow!]),
    "✓ You predicted 0.01, and so it is. Over the second half of the steps: " +
      "2.2 at 0.01, 3.0 at 0.1",
  );
  assertStringIncludes(judge([fast!]), "experiment first");
  const stopped = run(0.01, [2], "user");
  assertStringIncludes(judge([fast!, stopped]), "experiment first");
});

Deno.test("judgeDuration() counts in the largest unit that fits", () => {
  const judge = (seconds?: number) =>
    words(exercises.judgeDuration("days", seconds));
  const hour = 3600;
  assertStringIncludes(judge(30 * hour), "✓ You predicted days");
  assertStringIncludes(judge(30 * hour), "About 1.3 days");
  assertStringIncludes(judge(23 * hour), "but it is hours");
  assertStringIncludes(judge(8 * 24 * hour), "but it is weeks");
  assertStringIncludes(judge(30), "but it is minutes");
  assertStringIncludes(judge(), "experiment first");
});

Deno.test("predictions of 05_cifar_networks offer their choices", () => {
  assertStringIncludes(words(exercises.predictWork()), "about equal");
  assertStringIncludes(words(exercises.predictRate("0.1")), "Noted: 0.1");
  assertStringIncludes(words(exercises.predictDuration("Days")), "Noted: days");
});

Deno.test("05_cifar_networks asks each exercise, and shows no answer", async () => {
  await assertAsks("05_cifar_networks", Object.keys(exercises), [
    "judgeWork",
    "judgeRate",
  ]);
});
