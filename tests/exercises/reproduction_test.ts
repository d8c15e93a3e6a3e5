import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as exercises from "../../lib/exercises/reproduction.ts";
import type { Verdict } from "../../lib/lab/judge_claims.ts";
import { sampleRecord } from "../records/sample_record.ts";
import { assertAsks } from "./assert_asks.ts";
import { type Case, testCases, words } from "./exercise_cases.ts";

const RECORD = { ...sampleRecord(), millisecondsPerStep: 100 };
// ResNet-110 has 252,887,680 multiply-adds, ResNet-20 40,551,040; of as many
// images a step: 64,000 steps of 0.1 s, in days.
const DAYS = 8 * 64_000 * 0.1 * (252_887_680 / 40_551_040) / 86_400;

const CASES: Case<number>[] = [
  ["deviationByHand", exercises.deviationByHand, [Math.sqrt(7), 2.65], [
    [7, "the variance"],
    [2.16, "mean were known beforehand"],
    [38, "the mean"],
    [1.5275, "mean's standard error"],
  ]],
  ["standardErrorOfPaper", exercises.standardErrorOfPaper, [0.0716], [
    [0.16, "single runs"],
    [0.032, "Deviations do not add up"],
    [0.08, "in the deviation already"],
  ]],
  ["chanceOfTestImages", exercises.chanceOfTestImages, [0.2826, 0.28], [
    [0.002826, "in per cent, please"],
    [28.26, "in images"],
    [1, "Unfold the hint"],
  ]],
  ["seedsThatTell", exercises.seedsThatTell, [4], [
    [2, "variances add up"],
    [1, "by luck too"],
    [8, "both networks together"],
    [3, "Unfold the hint"],
  ]],
  [
    "daysToDecide",
    (answer) => exercises.daysToDecide(answer, RECORD),
    [DAYS],
    [
      [DAYS / 8, "one run"],
      [DAYS * 24, "in hours"],
      [DAYS / 4, "128 images a step"],
      [DAYS / 6.236, "more work an image"],
    ],
  ],
];

testCases(CASES);

Deno.test("daysToDecide() waits for a record", () => {
  assertStringIncludes(
    words(exercises.daysToDecide(3, undefined)),
    "Your turn, experiment first: ",
  );
});

Deno.test("judgeMostFrequent() counts, and takes either of two that are level", () => {
  const verdicts = (...given: Verdict[]) =>
    given.map((verdict) => ({ verdict }));
  const level = verdicts("supports", "cannot tell");
  assertStringIncludes(
    words(exercises.judgeMostFrequent("cannot tell", level)),
    "✓ You predicted cannot tell, and so it is. supports: 1",
  );
  assertStringIncludes(
    words(exercises.judgeMostFrequent("supports", level)),
    "✓ You predicted supports",
  );
  assertStringIncludes(
    words(exercises.judgeMostFrequent(
      "supports",
      verdicts("contradicts", "contradicts", "supports"),
    )),
    "✗ You predicted supports, but it is contradicts. supports: 1, contradicts: 2",
  );
  for (const kind of ["supports", "contradicts", "cannot tell"] as const) {
    assertStringIncludes(
      words(exercises.judgeMostFrequent(
        kind,
        verdicts("supports", "contradicts", "cannot tell"),
      )),
      `✓ You predicted ${kind}, and so it is. supports: 1, contradicts: 1, cannot tell: 1: 3 are level`,
    );
  }
  assertStringIncludes(
    words(exercises.judgeMostFrequent("contradicts", level)),
    "✗ You predicted contradicts, but it is supports or cannot tell.",
  );
  assertStringIncludes(
    words(exercises.judgeMostFrequent("supports", [])),
    "Your turn, experiment first",
  );
});

Deno.test("sweepThatTells() names what is wrong with a plan", () => {
  const preset = "study";
  const plan = (names: string[], seeds: number[]) =>
    names.flatMap((network) =>
      seeds.map((seed) => ({ network, preset, seed }))
    );
  const both = ["resnet-20", "cifar-resnet-20:shortcut=B"];
  const said = (...given: Parameters<typeof exercises.sweepThatTells>) =>
    words(exercises.sweepThatTells(...given));
  assertEquals(said([]).slice(0, 10), "Your turn:");
  const fair = said(plan(both, [0, 1]));
  assert(fair.startsWith("✓ A fair plan: "), fair);
  // 2 * 2 * sqrt(2 / 2), and 25.03 - 24.52.
  assertStringIncludes(
    fair,
    "With 2 seeds it tells differences of 4.00 points",
  );
  assertStringIncludes(fair, "the paper's, on ImageNet, is 0.51");
  assertStringIncludes(
    said(plan(both, [0, 1, 2, 3]), 0.2),
    "With 4 seeds it tells differences of 0.28 points",
  );
  const changed = (changes: Partial<exercises.PlannedRun>) =>
    plan(both, [0, 1]).map((run) => ({ ...run, ...changes }));
  assert(said(changed({ steps: 2000 })).startsWith("✓ "));
  for (
    const [sweep, fault] of [
      [plan(["resnet-20", "resnet-32"], [0, 1]), "ResNet-20, ResNet-32"],
      [plan(["resnet-20", "resnet-32:shortcut=B"], [0, 1]), "Two networks"],
      [plan(["resnet-20"], [0, 1]), "Two networks"],
      [plan(["rsnet-20"], [0, 1]), "did you mean"],
      [plan(both, [0]), "no spread"],
      [plan(both, [1, 1]), "the same run twice"],
      [
        [...plan(both, [0]), ...plan(["resnet-20"], [1])],
        "the same seeds",
      ],
      [
        plan(both, [0, 1]).map((run, i) =>
          i === 0 ? { ...run, steps: 9 } : run
        ),
        "one recipe",
      ],
      [
        both.flatMap((network) => [0, 1].map((seed) => ({ network, seed }))),
        "Without a preset",
      ],
      [changed({ preset: "smoke" }), "name study or paper"],
      [changed({ preset: "smoke", steps: 2000 }), "name study or paper"],
      [
        changed({ preset: "banana" }),
        "Run 1 of the list is not a run:\n  preset",
      ],
      [changed({ steps: 1 }), "Of 1 steps a run has hardly begun"],
      [changed({ steps: 0 }), "steps: "],
    ] as const
  ) {
    const answer = said(sweep);
    assert(answer.startsWith("✗ "), answer);
    assertStringIncludes(answer, fault);
  }
});

Deno.test("09_reproduction asks each exercise, and shows no answer", async () => {
  await assertAsks("09_reproduction", Object.keys(exercises));
});
