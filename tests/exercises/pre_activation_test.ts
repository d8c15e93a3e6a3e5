import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { useBackend } from "../../lib/backends/use_backend.ts";
import * as exercises from "../../lib/exercises/pre_activation.ts";
import type { BodyStep } from "../../lib/lab/own_placement.ts";
import { listRecords } from "../../lib/records/list_records.ts";
import { assertAsks } from "./assert_asks.ts";
import { type Case, testCases, words } from "./exercise_cases.ts";

await useBackend({ quiet: true });

const [template] = await listRecords();
const TRIALS = [
  { depth: 50, ratio: 40 },
  { depth: 98, ratio: 4000 },
  { depth: 86, ratio: 1200 },
];

const NUMBERS: Case<number, keyof typeof exercises>[] = [
  ["resNet1001Units", exercises.resNet1001Units, 333, [
    [111, "the units of one stage"],
    [999, "the convolutions inside"],
    [1001 / 3, "Two of the layers are in no unit"],
    [500, "bottlenecks"],
  ]],
  [
    "growthOfMean",
    (answer) => exercises.growthOfMean(answer, 0.38),
    0.399,
    [
      [0, "without the ReLU"],
      [0.5, "the mean of max(z, 0)"],
      [0.798, "the mean of |z|"],
      [1, "the standard deviation"],
      [0.38, "what does the integral give?"],
    ],
  ],
  [
    "leastExplodingDepth",
    (answer) => exercises.leastExplodingDepth(answer, TRIALS),
    86,
    [
      [98, "less deep is beyond"],
      [50, "is not above 1,000"],
      [62, "no such depth"],
    ],
  ],
];

const TEXTS: Case<string, keyof typeof exercises>[] = [
  ["readsUnnormalised", exercises.readsUnnormalised, "classifier", [
    ["conv", "reads the image"],
    ["closingRelu", "has no weights"],
    ["stage3/unit3/conv2", "its own BN and ReLU"],
    ["last", "section 2's table"],
  ]],
];

testCases(NUMBERS);
testCases(TEXTS);

Deno.test("growthOfMean() takes the exact value, and two digits", () => {
  for (const answer of [1 / Math.sqrt(2 * Math.PI), 0.4]) {
    assertStringIncludes(words(exercises.growthOfMean(answer, 0.38)), "✓");
  }
});

Deno.test("ownPlacement() builds the unit and measures it", async () => {
  const say = async (...steps: BodyStep[]) =>
    words(await exercises.ownPlacement(steps));
  assert(words(await exercises.ownPlacement()).startsWith("Your turn: "));
  for (
    const body of [
      ["BN", "conv", "BN", "ReLU", "conv", "BN"],
      ["ReLU", "BN", "conv", "ReLU", "BN", "conv"],
    ] satisfies BodyStep[][]
  ) assertStringIncludes(await say(...body), "✓ This is a sixth: ");
  const wrong: [BodyStep[], string][] = [
    [["BN", "ReLU", "conv", "BN", "ReLU", "conv"], "This body is (e)'s"],
    [["conv", "BN", "ReLU", "conv", "BN"], "This body is (a)'s"],
    [
      ["BN", "ReLU", "ReLU", "conv", "BN", "ReLU", "conv"],
      "changes nothing, and without it this body is (e)'s",
    ],
    [
      ["ReLU", "conv", "BN", "BN", "ReLU", "conv", "BN"],
      "without it this body is (d)'s",
    ],
    [["conv", "conv", "BN", "ReLU", "conv", "BN"], "this one has 3"],
    [["BN", "ReLU", "conv"], "this one has 1"],
    [["BN", "conv", "BN", "conv"], "all is linear"],
    [["BN", "conv", "ReLU", "conv", "ReLU"], "can only add: 0 %"],
    [["ReLU", "conv", "BN", "ReLU", "conv"], "The sum is read as it is"],
    [["relu" as BodyStep], 'but found "relu"'],
  ];
  for (const [body, remark] of wrong) {
    const said = await say(...body);
    assert(said.startsWith("✗ "));
    assertStringIncludes(said, remark);
  }
});

Deno.test("judgeMostKept() names the highest correlation", () => {
  const ends = [
    { placement: "(a) original", kept: 0.1 },
    { placement: "(c) ReLU before addition", kept: 0.3 },
  ];
  assertEquals(
    words(exercises.judgeMostKept("a", ends)),
    "✗ You predicted a, but it is c. Correlation with what came in: 0.30 in " +
      "(c), 0.10 in (a)",
  );
  assertStringIncludes(words(exercises.judgeMostKept("C", ends)), "✓");
  assertStringIncludes(words(exercises.predictMostKept("e")), "Noted: e");
});

Deno.test("leastExplodingDepth() asks for deeper networks if none is beyond 1,000", () => {
  assertStringIncludes(
    words(exercises.leastExplodingDepth(50, TRIALS.slice(0, 1))),
    "try deeper",
  );
});

Deno.test("judgeLowerLoss() names the one that ended lower, if both ended", () => {
  const run = (trainLoss: number | null, stoppedBy: "steps" | "user") => ({
    record: {
      ...template!,
      stoppedBy,
      final: { ...template!.final, trainLoss },
    },
  });
  const judge = (...runs: ReturnType<typeof run>[]) =>
    words(exercises.judgeLowerLoss("b", runs));
  assertEquals(
    judge(run(2.24, "steps"), run(2.06, "steps")),
    "✗ You predicted b, but it is e. Training losses: e 2.06, b 2.24",
  );
  assertStringIncludes(judge(run(1, "steps"), run(2, "steps")), "✓");
  assertStringIncludes(
    judge(run(1, "steps"), run(2, "user")),
    "experiment first",
  );
  assertStringIncludes(judge(run(1, "steps"), run(null, "steps")), "✓");
  assertStringIncludes(
    judge(run(2.2, "steps"), run(2.15, "steps")),
    "whether it is e or b these runs cannot tell",
  );
});

Deno.test("judgeTruncatesLess() compares before and after", () => {
  const judge = (answer: string, after: number) =>
    words(exercises.judgeTruncatesLess(answer, [{ before: 21.3, after }]));
  assertStringIncludes(judge("yes", 20), "✓ You predicted yes");
  assertStringIncludes(
    judge("yes", 25),
    "Cut off: 21.3 % before, 25.0 % after",
  );
  assertStringIncludes(judge("no", 25), "✓ You predicted no");
});

Deno.test("exercises of experiments that have not run ask for them", () => {
  const outputs = [
    exercises.leastExplodingDepth(86, []),
    exercises.judgeLowerLoss("b", []),
    exercises.judgeMostKept("b", []),
    exercises.judgeTruncatesLess("yes", []),
  ];
  for (const output of outputs) {
    assert(words(output).startsWith("Your turn, experiment first: "));
  }
});

Deno.test("08_pre_activation asks each exercise, and shows no answer", async () => {
  await assertAsks("08_pre_activation", Object.keys(exercises), [
    "judgeMostKept",
    "judgeLowerLoss",
  ]);
});
