import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as exercises from "../../lib/exercises/start_here.ts";
import { listRecords } from "../../lib/records/list_records.ts";
import type { RunRecord } from "../../lib/records/schema.ts";
import { assertAsks } from "./assert_asks.ts";
import { type Case, testCases, words } from "./exercise_cases.ts";

const [template] = await listRecords();

function ended(depth: number, trainLoss: number | null, testError = 70) {
  const record: RunRecord = {
    ...template!,
    network: { ...template!.network, depth },
    final: { ...template!.final, trainLoss, testError },
    stoppedBy: "steps",
  };
  return { record };
}

const RECORD: Parameters<typeof exercises.imagesSeen>[1] = {
  hyperparameters: {
    ...template!.hyperparameters,
    ...{ steps: 2000, batchSize: 32 },
  },
  data: { ...template!.data, trainImages: 50000 },
};
const TRIED = [
  ended(8, 1.75),
  ended(14, 1.7),
  ended(20, 1.85),
  ended(26, null),
];

const CASES: Case<number>[] = [
  ["resNet32Parameters", exercises.resNet32Parameters, 464_154, [
    [0.46, "in millions"],
    [460_000, "That is rounded"],
    [68_862_592, "multiply-adds"],
    [463_866, "images of 1 channel"],
    [5, "Unfold the hint"],
  ]],
  [
    "errorOfGuessing",
    (answer) => exercises.errorOfGuessing(answer, Array(10).fill("class")),
    90,
    [
      [10, "what is the error then"],
      [0.9, "In percent"],
      [50, "two classes"],
      [100, "right at times"],
    ],
  ],
  ["imagesSeen", (answer) => exercises.imagesSeen(answer, RECORD), 64_000, [
    [2000, "the number of steps"],
    [50_000, "how often was one looked at"],
    [1.28, "passes over the training images"],
  ]],
  ["bestDepth", (answer) => exercises.bestDepth(answer, TRIED), [14, 8], [
    [26, "need more steps"],
    [32, "The table has none"],
    [20, "Compare the losses"],
  ]],
];

testCases(CASES);

Deno.test("start_here: what needs a run asks for it", () => {
  const { record } = ended(8, 1.9);
  for (
    const output of [
      exercises.imagesSeen(64_000, undefined),
      exercises.bestDepth(8, [TRIED[0]!]),
      exercises.judgeTinyError("below 60 %", undefined),
      exercises.judgeTinyError("below 60 %", {
        record: { ...record, stoppedBy: "user" },
      }),
    ]
  ) assert(words(output).startsWith("Your turn, experiment first: "));
});

Deno.test("bestDepth() says which depths one seed does not tell apart", () => {
  assertStringIncludes(words(exercises.bestDepth(8, TRIED)), "14 and 8 end");
  assertEquals(
    words(exercises.bestDepth(14, TRIED.slice(1))),
    "✓ 14 is right.",
  );
});

Deno.test("judgeTinyError() names the band of the test error", () => {
  const judge = (testError: number) =>
    words(exercises.judgeTinyError("60 to 80 %", ended(8, 1.9, testError)));
  assertEquals(
    judge(70.4),
    "✓ You predicted 60 to 80 %, and so it is. Its test error is 70.4 %",
  );
  assertStringIncludes(judge(80), "✓");
  assertStringIncludes(judge(59.9), "but it is below 60 %");
  assertStringIncludes(judge(80.1), "but it is above 80 %");
});

Deno.test("00_start_here asks each exercise, and shows no answer", async () => {
  await assertAsks("00_start_here", Object.keys(exercises));
});
