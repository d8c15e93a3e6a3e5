import { assertEquals, assertStringIncludes } from "@std/assert";
import * as exercises from "../../lib/exercises/bottleneck.ts";
import { imageNetResNet } from "../../lib/networks/imagenet.ts";
import { listRecords } from "../../lib/records/list_records.ts";
import type { RunRecord } from "../../lib/records/schema.ts";
import { assertAsks } from "./assert_asks.ts";
import { type Case, testCases, words } from "./exercise_cases.ts";

const [template] = await listRecords();

/** A run that ended at a training loss. */
function ended(name: string, trainLoss: number | null) {
  const record: RunRecord = {
    ...template!,
    network: { ...template!.network, name },
    final: { ...template!.final, trainLoss },
    stoppedBy: "steps",
  };
  return { name, record };
}

const TRIALS = [
  { width: 64, milliseconds: 300 },
  { width: 40, milliseconds: 170 },
  { width: 32, milliseconds: 130 },
];

function measured(network: string, milliseconds: number) {
  return { network, milliseconds, multiplyAdds: 1, peakBytes: 1 };
}

const CASES: Case<number, keyof typeof exercises>[] = [
  ["layersOfUnits", exercises.layersOfUnits, 200, [
    [66, "These are the units"],
    [198, "Two layers are in no unit"],
    [134, "with basic units"],
    [132, "two are in none"],
    [152, "Unfold the hint"],
  ]],
  ["projectionOnBasic", exercises.projectionOnBasic, 19 / 18, [
    [33 / 17, "with the bottleneck"],
    [18 / 17, "would compare the two units"],
    [1.06, "As a fraction?"],
    [2, "Compare 1x1 with two times 3x3"],
    [1 / 18, "over the whole unit"],
    [10 / 9, "two 3x3 convolutions"],
    [1.5, "a 3x3 on the shortcut"],
    [18 / 19, "The other way round"],
  ]],
  // By hand: in the first units of stages 2 to 4 a 1x1 convolution reads
  // 4 * 64 * 2^k channels and gives 64 * 2^(k + 1), at 4 times the places.
  [
    "dearerByStride",
    exercises.dearerByStride,
    100 * (3 * 3 * 256 * 128 * 28 * 28) / 3_857_973_248,
    [
      [1.06, "That is the factor"],
      [0.06, "In per cent"],
      [106, "more than 100"],
      [7.9, "count both"],
      [0, "On how many pixels"],
    ],
  ],
  ["placesAtScale", exercises.placesAtScale, 180, [
    [384, "That is the map"],
    [153, "at one place more"],
    [100, "wider than high"],
    [360, "Without the mirror image"],
    [1, "in training"],
  ]],
  [
    "widthOfEqualTime",
    (answer) =>
      exercises.widthOfEqualTime(answer, TRIALS, { milliseconds: 160 }),
    40,
    [
      [48, "Name one that you tried"],
      [64, "A narrower one"],
      [32, "A wider one"],
    ],
  ],
];

testCases(CASES);

Deno.test("judgeTimesDearer() counts both networks", () => {
  const networks = ([34, 50, 152] as const)
    .map((depth) => imageNetResNet({ depth }));
  assertEquals(
    words(exercises.judgeTimesDearer("4.5", networks)),
    "✗ You predicted 4.5, but it is 3. Counted: 3.08 times, 11.3 billion " +
      "against 3.7",
  );
  assertStringIncludes(
    words(exercises.judgeTimesDearer("3", networks)),
    "✓ You predicted 3",
  );
  assertStringIncludes(
    words(exercises.judgeTimesDearer("3", networks.slice(1))),
    "experiment first",
  );
  assertStringIncludes(words(exercises.predictTimesDearer("3")), "Noted: 3.");
});

Deno.test("judgeSlower() takes near times for the same", () => {
  const judge = (answer: string, milliseconds: number) =>
    words(exercises.judgeSlower(answer, [
      measured("basic", 100),
      measured("bottleneck", milliseconds),
    ]));
  assertStringIncludes(judge("bottleneck", 120), "✓ You predicted bottleneck");
  assertStringIncludes(judge("bottleneck", 110), "but it is the same.");
  assertStringIncludes(judge("the same", 90), "✓ You predicted the same");
  assertStringIncludes(judge("the same", 80), "but it is basic.");
});

Deno.test("judgeLearnsMore() waits for both runs", () => {
  const basic = ended("ResNet-20", 1.9);
  const deeper = ended("ResNet-29, bottleneck units", 2.1);
  assertEquals(
    words(exercises.judgeLearnsMore("bottleneck", [basic, deeper])),
    "✗ You predicted bottleneck, but it is basic. Training losses: basic " +
      "1.90, bottleneck 2.10",
  );
  for (
    const runs of [[], [basic]]
  ) {
    const judged = words(exercises.judgeLearnsMore("basic", runs));
    assertStringIncludes(judged, "experiment first");
  }
  const none = exercises.widthOfEqualTime(64, TRIALS.slice(1, 2), {
    milliseconds: 1,
  });
  assertStringIncludes(words(none), "experiment first");
});

Deno.test("06_bottleneck asks each exercise, and shows no answer", async () => {
  await assertAsks("06_bottleneck", Object.keys(exercises), [
    "judgeTimesDearer",
    "judgeSlower",
  ]);
});
