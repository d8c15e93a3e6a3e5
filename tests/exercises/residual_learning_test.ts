import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as exercises from "../../lib/exercises/residual_learning.ts";
import type { IdentityRun } from "../../lib/lab/learn_identity.ts";
import { assertAsks } from "./assert_asks.ts";
import { type Case, testCases, words } from "./exercise_cases.ts";

/** Runs of one seed that ended at these errors. */
function pair(plain: number, residual: number, seed = 0): IdentityRun[] {
  return [
    { kind: "plain", seed, losses: [3, plain] },
    { kind: "residual", seed, losses: [2, residual] },
  ];
}

const STARTS: IdentityRun[] = [1.9, 2.2].map((loss, seed) => ({
  kind: "residual",
  seed,
  losses: [loss],
}));
const LENGTHS = [[8, 1 / 8], [4, 3 / 8], [1, 3 / 8], [1, 1 / 8]].map((
  [mean, share],
  length,
) => ({ length, norms: [], mean: mean!, share: share! }));
const TRIALS = [
  { depth: 1, runs: [...pair(2e-4, 1e-4, 0), ...pair(1e-4, 1e-4, 1)] },
  { depth: 3, runs: pair(0.5, 1e-4) },
];
const SEVERAL = [[2, 60, 60], [3, 60, 61], [4, 60, 84], [8, 88, 90]].map((
  [count, ...errors],
) => ({
  count: count!,
  outcomes: errors.map((error) => ({ loss: 2, error })),
}));

const CASES: Case<number, keyof typeof exercises>[] = [
  ["pathsOfResNet20", exercises.pathsOfResNet20, 512, [
    [9, "each doubles the paths"],
    [18, "one after another?"],
    [81, "three have 8"],
    [2 ** 20, "not each layer"],
    [2 ** 18, "around two layers"],
    [511, "shortcuts only is one, too"],
  ]],
  ["meanPathLength", exercises.meanPathLength, 27, [
    [54, "the longest path"],
    [0, "the shortest path"],
    [110, "Count units"],
    [55, "Count bodies"],
    [27.5, "Lengths begin at 0"],
  ]],
  ["startingError", (answer) => exercises.startingError(answer, STARTS), 2, [
    [0, "He draws it"],
    [1, "there is none"],
    [3, "the plain layer"],
    [0.5, "the mean square of x"],
  ]],
  ["heaviestLength", (answer) => exercises.heaviestLength(answer, LENGTHS), 1, [
    [2, "the most frequent"],
    [0, "only one of them"],
    [4, "No path is so long"],
    [3, "Unfold the hint"],
  ]],
  ["depthWithoutGain", (one) => exercises.depthWithoutGain(one, TRIALS), 1, [
    [3, "far from 1"],
    [2, "Name one that you tried"],
  ]],
  ["unitsToLose", (answer) => exercises.unitsToLose(answer, 50, SEVERAL), 4, [
    [2, "not halfway yet"],
    [8, "One with fewer is halfway already"],
    [5, "You have not tried"],
  ]],
];

testCases(CASES);

Deno.test("startingError() tells what was measured", () => {
  const output = exercises.startingError(2, STARTS);
  assertStringIncludes(words(output), "the mean over 2 seeds: 2.05");
});

Deno.test("exercises of experiments that have not run ask for them", () => {
  for (
    const output of [
      exercises.judgeIdentityFactor("2 to 10", []),
      exercises.judgeFurthestResponse("plain-20", []),
      exercises.judgeMostMissed("the first one", undefined),
      exercises.heaviestLength(4, []),
      exercises.depthWithoutGain(1, TRIALS.slice(0, 1)),
      exercises.unitsToLose(4, 50, []),
      // No number is halfway to chance.
      exercises.unitsToLose(4, 50, SEVERAL.slice(0, 1)),
    ]
  ) {
    assert(words(output).startsWith("Your turn, experiment first: "));
  }
});

Deno.test("judgeIdentityFactor() takes the median over seeds", () => {
  const judge = (answer: string, ...factors: number[]) =>
    words(exercises.judgeIdentityFactor(
      answer,
      factors.flatMap((factor, seed) => pair(factor, 1, seed)),
    ));
  assertStringIncludes(judge("less than 2", 1.5), "✓ You predicted");
  assertStringIncludes(judge("2 to 10", 1, 5, 1000), "it is 5.0 times smaller");
  assertStringIncludes(judge("2 to 10", 50), "but it is 10 to 100.");
  assertStringIncludes(judge("more than 100", 5000), "✓ You predicted");
});

Deno.test("depthWithoutGain() asks for a shallower depth if all gain much", () => {
  const deep = [TRIALS[1]!, { depth: 4, runs: pair(0.6, 1e-4) }];
  for (const answer of [undefined, 3]) {
    const output = exercises.depthWithoutGain(answer, deep);
    assertStringIncludes(words(output), "experiment first: ");
    assertStringIncludes(words(output), "gains much: try a shallower one");
  }
});

Deno.test("unitsToLose() asks for the number before the answer", () => {
  const [two, , four, eight] = SEVERAL;
  for (
    const tried of [[four!], [two!, four!, eight!], [{
      count: 3,
      outcomes: [],
    }, four!]]
  ) {
    assertEquals(
      words(exercises.unitsToLose(4, 50, tried)),
      "✗ 4 is not it yet. How do you know that 3 is not enough? Try it, too",
    );
  }
  const first = { ...four!, count: 1 };
  assertStringIncludes(words(exercises.unitsToLose(1, 50, [first])), "✓ 1 is");
});

Deno.test("judgeFurthestResponse() knows narrow networks", () => {
  const networks = [
    ["narrow plain-20", 1.2],
    ["narrow plain-56", 5],
    ["narrow ResNet-20", 1],
    ["narrow ResNet-56", 0.9],
  ].map(([name, deviation]) => ({
    name: String(name),
    responses: [Number(deviation), 1].map((deviation, i) => ({
      layer: i + 1,
      path: "norm",
      deviation,
    })),
  }));
  assertEquals(
    words(exercises.judgeFurthestResponse("resnet-20", networks)),
    "✗ You predicted ResNet-20, but it is plain-56. Furthest: 5.00 in layer " +
      "1 of 2 of plain-56, 1.20 in layer 1 of 2 of plain-20, 0.90 in layer " +
      "1 of 2 of ResNet-56, 1.00 in layer 1 of 2 of ResNet-20",
  );
  const alike = networks.with(3, {
    name: "narrow ResNet-56",
    responses: [{ layer: 1, path: "norm", deviation: 0.201 }],
  });
  assertStringIncludes(
    words(exercises.judgeFurthestResponse("resnet-56", alike)),
    "whether it is plain-56 or ResNet-56 these runs cannot tell. Furthest: 5",
  );
  assertStringIncludes(
    words(exercises.judgeFurthestResponse("ResNet-20", networks.slice(1))),
    "experiment first",
  );
});

Deno.test("judgeMostMissed() goes by the loss, and by the place", () => {
  const judge = (missed: string) =>
    words(exercises.judgeMostMissed("one where the size changes", {
      lesions: [1, 2, 3].flatMap((stage) =>
        [1, 2, 3].map((unit) => ({
          dropped: `stage${stage}/unit${unit}`,
          loss: missed === `stage${stage}/unit${unit}` ? 3 : 2,
          error: 50,
        }))
      ),
    }));
  assertStringIncludes(judge("stage1/unit1"), "but it is the first one.");
  assertStringIncludes(judge("stage2/unit1"), "and so it is.");
  assertStringIncludes(judge("stage1/unit2"), "but it is another one.");
  assertStringIncludes(judge("stage3/unit3"), "Without stage3/unit3 the loss");
});

Deno.test("03_residual_learning asks each exercise, and shows no answer", async () => {
  await assertAsks("03_residual_learning", Object.keys(exercises));
});
