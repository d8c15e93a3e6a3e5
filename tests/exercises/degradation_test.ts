import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as exercises from "../../lib/exercises/degradation.ts";
import { cifarPlain } from "../../lib/networks/cifar.ts";
import { countMultiplyAdds } from "../../lib/networks/count.ts";
import { listRecords } from "../../lib/records/list_records.ts";
import type { RunRecord } from "../../lib/records/schema.ts";
import { assertAsks } from "./assert_asks.ts";
import { type Case, testCases, words } from "./exercise_cases.ts";

const [template] = await listRecords();

/** A run that ended at a training loss. */
function ended(name: string, trainLoss: number | null) {
  const record: RunRecord = {
    ...template!,
    network: {
      ...template!.network,
      name,
      depth: Number(name.split("-")[1]),
    },
    final: { ...template!.final, trainLoss },
    stoppedBy: "steps",
  };
  return { name, record };
}

const KERNEL = { values: [0, ...Array(16).fill(1), 0] };
const TRIALS = [
  { rate: 0.001, "plain-20": 2.25 },
  { rate: 0.01, "plain-20": 2.1 },
  { rate: 0.03, "plain-20": 2.15 },
  { rate: 0.1, "plain-20": null },
];
const BETWEEN = [
  ended("plain-20", 2),
  ended("plain-26", 1.9),
  ended("plain-32", 2.15),
  ended("plain-44", null),
  ended("plain-56", 2.3),
].map(({ record }) => record);

const CASES: Case<number, keyof typeof exercises>[] = [
  ["plain110Parameters", exercises.plain110Parameters, 1_727_962, [
    [1.7e6, "That is rounded"],
    [2 * 853_018, "besides the first and the classifier"],
    [countMultiplyAdds(cifarPlain({ depth: 110 })), "These are multiply-adds"],
    [5, "Unfold the hint"],
  ]],
  ["resNet56Shortcuts", exercises.resNet56Shortcuts, 27, [
    [54, "around a pair of layers"],
    [28, "are in no pair"],
    [9, "the pairs of one stage"],
    [2, "where the size changes"],
  ]],
  [
    "onesInIdentityKernel",
    (answer) => exercises.onesInIdentityKernel(answer, KERNEL),
    16,
    [
      [1, "one channel would pass"],
      [9, "the sum of its neighbours"],
      [144, "a blur"],
      [256, "the sum of all 16 channels"],
    ],
  ],
  [
    "gradientOfDoubledKernel",
    (answer) => exercises.gradientOfDoubledKernel(answer, 0.4997),
    0.5,
    [
      [1, "means less now"],
      [2, "it does not"],
      [0.25, "the curvature"],
      [0, "but on its shape"],
    ],
  ],
  [
    "bestRateOfPlain20",
    (answer) => exercises.bestRateOfPlain20(answer, TRIALS),
    [0.01, 0.03],
    [
      [0.1, "goes past the valley"],
      [0.001, "safe and slow"],
      [0.5, "Name one that you tried"],
    ],
  ],
  [
    "leastDepthThatSuffers",
    (answer) => exercises.leastDepthThatSuffers(answer, BETWEEN),
    32,
    [
      [56, "Does none before it?"],
      [44, "One that is less deep"],
      [26, "is not higher than plain-20's"],
      [38, "no such depth"],
    ],
  ],
];

testCases(CASES);

Deno.test("exercises of experiments that have not run ask for them", () => {
  const outputs = [
    exercises.bestRateOfPlain20(undefined, []),
    exercises.bestRateOfPlain20(0.1, [{ rate: 0.1, "plain-20": null }, {
      rate: 0.2,
    }]),
    exercises.bestRateOfPlain20(0.01, TRIALS.slice(0, 1)),
    exercises.leastDepthThatSuffers(56, [BETWEEN[0]!, BETWEEN[4]!]),
    exercises.judgeConstructedWorse("yes", []),
    exercises.judgeLowestLoss("ResNet-20", []),
  ];
  for (const output of outputs) {
    assert(words(output).startsWith("Your turn, experiment first: "));
  }
});

Deno.test("leastDepthThatSuffers() takes what one seed does not tell apart", () => {
  const losses: Record<string, number> = {
    "plain-20": 2.2,
    "plain-26": 2.19,
    "plain-32": 2.201,
    "plain-44": 2.26,
  };
  const among = (deepest: number) => (answer: number) =>
    words(exercises.leastDepthThatSuffers(
      answer,
      Object.entries({ ...losses, "plain-50": 2.4, "plain-56": deepest })
        .map(([name, loss]) => ended(name, loss).record),
    ));
  for (const depth of [32, 44, 50]) {
    assertStringIncludes(
      among(2.5)(depth),
      `✓ ${depth} is right. 32 and 44 and 50 are all right: one seed`,
    );
  }
  assertStringIncludes(among(2.5)(26), "is not higher than plain-20's");
  assertStringIncludes(among(2.5)(56), "Does none before it?");
  const alike = ["plain-20", "plain-32", "plain-44"].map((name) =>
    ended(name, losses[name]!).record
  );
  assertStringIncludes(
    words(exercises.leastDepthThatSuffers(44, alike)),
    "✓ 44 is right. 32 and 44",
  );
});

Deno.test("judgeLowestLoss() names the network that ended lowest", () => {
  const runs = [
    ended("plain-20", 2.01),
    ended("plain-56", 2.3),
    ended("ResNet-20", 1.9),
    ended("ResNet-56", 2.08),
  ];
  assertEquals(
    words(exercises.judgeLowestLoss("resnet-56", runs)),
    "✗ You predicted ResNet-56, but it is ResNet-20. Training losses: " +
      "ResNet-20 1.90, plain-20 2.01, ResNet-56 2.08, plain-56 2.30",
  );
  const [plain20, plain56, residual20, residual56] = runs;
  const stopped = {
    ...residual56!,
    record: { ...residual56!.record, stoppedBy: "user" as const },
  };
  assertStringIncludes(
    words(exercises.judgeLowestLoss("ResNet-20", [
      ...[plain20!, plain56!, residual20!],
      stopped,
    ])),
    "experiment first",
  );
  const brokeOff = {
    ...plain20!,
    record: { ...plain20!.record, stoppedBy: "not a finite number" as const },
  };
  assertStringIncludes(
    words(exercises.judgeLowestLoss("ResNet-20", [
      ...[brokeOff, plain56!, residual20!, residual56!],
    ])),
    "✓ You predicted ResNet-20, and so it is. Training losses: ResNet-20 " +
      "1.90, ResNet-56 2.08, plain-56 2.30, plain-20 broke off",
  );
  assertStringIncludes(
    words(exercises.judgeLowestLoss("plain-20", [
      ...[ended("plain-20", 1.99), plain56!, residual20!, residual56!],
    ])),
    "whether it is ResNet-20 or plain-20 these runs cannot tell",
  );
});

Deno.test("judgeConstructedWorse() looks at the plain network", () => {
  const judge = (answer: string, after: number) =>
    words(exercises.judgeConstructedWorse(answer, [
      { before: 2, after },
      { before: 2, after: 1.5 },
    ]));
  assertStringIncludes(judge("yes", 2.1), "✓ You predicted yes, and so it is.");
  assertStringIncludes(judge("no", 2.1), "✗ You predicted no, but it is yes.");
  assertStringIncludes(judge("no", 1.9), "✓ You predicted no, and so it is.");
  assertStringIncludes(judge("yes", NaN), "✓ You predicted yes");
});

Deno.test("02_degradation asks each exercise, and shows no answer", async () => {
  await assertAsks("02_degradation", Object.keys(exercises));
});
