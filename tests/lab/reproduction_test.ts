import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { besidePaper } from "../../lib/lab/beside_paper.ts";
import { judgeClaims } from "../../lib/lab/judge_claims.ts";
import { orderClaimsOfPapers } from "../../lib/lab/order_claims_of_papers.ts";
import { paperPlaceOf } from "../../lib/lab/paper_place.ts";
import { networkByName } from "../../lib/networks/network_by_name.ts";
import { claimDifferences } from "../../lib/plots/claim_differences.ts";
import { pooledDeviation } from "../../lib/records/pooled_deviation.ts";
import { runSets } from "../../lib/records/run_sets.ts";
import type { RunRecord } from "../../lib/records/schema.ts";
import { sampleRecord } from "../records/sample_record.ts";

interface Given {
  readonly seed?: number;
  readonly steps?: number;
  readonly createdAt?: string;
  readonly stoppedBy?: RunRecord["stoppedBy"];
  readonly trainError?: number | null;
}

function record(name: string, testError: number, given: Given = {}): RunRecord {
  const sample = sampleRecord();
  const { seed = 0, steps = 2000, trainError = 10 } = given;
  const { createdAt = sample.createdAt, stoppedBy = "steps" } = given;
  return {
    ...sample,
    id: `${name} ${seed} ${steps} ${createdAt}`.toLowerCase(),
    ...{ seed, createdAt, stoppedBy },
    network: { ...sample.network, name },
    hyperparameters: { ...sample.hyperparameters, steps, batchSize: 32 },
    final: { ...sample.final, testError, trainError },
  };
}

const CLAIM = {
  lower: "a",
  higher: "b",
  measured: "test error",
  where: "R15",
  printed: 1,
} as const;

const LATER = "2026-02-02T00:00:00.000Z";

Deno.test("runSets() puts seeds together, and leaves out what was stopped", () => {
  const sets = runSets([
    record("b", 1, { seed: 1 }),
    record("b", 2),
    record("b", 3, { createdAt: LATER }),
    record("b", 4, { steps: 4000 }),
    record("a", 5),
    record("a", 6, { seed: 3, stoppedBy: "user" }),
  ]);
  assertEquals(
    sets.map((set) => set.map(({ final }) => final.testError)),
    [[4], [5], [3, 1]],
  );
});

Deno.test("pooledDeviation() weighs sets by their degrees of freedom", () => {
  // Variances 2 (of two runs) and 7 (of three): (1 * 2 + 2 * 7) / 3.
  assertAlmostEquals(
    pooledDeviation([[10, 12], [90], [36, 37, 41], []])!,
    Math.sqrt(16 / 3),
  );
  assertEquals(pooledDeviation([[90], []]), null);
});

Deno.test("paperPlaceOf() knows the networks of both papers by name", () => {
  const place = (name: string, data = "CIFAR-10") => {
    const found = paperPlaceOf({
      network: networkByName(name),
      data: { name: data },
    });
    return found && [found.network, found.where, found.error];
  };
  assertEquals(place("resnet-56"), ["ResNet-56", "R15 Table 6", 6.97]);
  assertEquals(place("highway-19"), null); // fully connected
  assertEquals(place("plain-20"), [
    "plain-20",
    "R15 Fig. 6, curves only",
    null,
  ]);
  assertEquals(
    place("cifar-resnet-20:shortcut=C"),
    ["ResNet-34 C, ImageNet", "R15 Table 3, top-1", 24.19],
  );
  assertEquals(
    place("cifar-resnet-32:variant=dropout"),
    ["ResNet-110", "R16 Table 1", "fail"],
  );
  assertEquals(
    place("cifar-resnet-20:activation=preActivation"),
    ["ResNet-110", "R16 Table 2", 6.37],
  );
  assertEquals(place("resnet-56", "Fashion-MNIST"), null);
  assertEquals(
    paperPlaceOf({
      network: { name: "highway-19, convolutional" },
      data: { name: "CIFAR-10" },
    })?.error,
    7.54,
  );
  assertEquals(place("resnet-26"), null);
});

Deno.test("besidePaper() has the mean, the paper's number and the budget", () => {
  const [row] = besidePaper([
    record("ResNet-20", 36),
    record("ResNet-20", 38, { seed: 1 }),
  ]);
  assertEquals([row?.runs, row?.ours, row?.paper], [2, 37, 8.75]);
  assertAlmostEquals(row!.deviation!, Math.SQRT2);
  assertEquals(row?.share, 1 / 128); // 2,000 x 32 of 64,000 x 128
  const [optionB] = besidePaper([record("ResNet-20 B", 37)]);
  const { ours, paper, paperNetwork, share } = optionB!;
  assertEquals(
    [ours, paper, paperNetwork, share],
    [37, null, "ResNet-34 B, ImageNet", null],
  );
});

Deno.test("orderClaimsOfPapers() has the papers' differences", () => {
  const claims = orderClaimsOfPapers();
  const printed = (lower: string, higher: string) =>
    claims.find((one) => one.lower === lower && one.higher === higher)
      ?.printed?.toFixed(2);
  assertEquals(printed("ResNet-56", "ResNet-20"), "1.78");
  assertEquals(printed("ResNet-20 B", "ResNet-20"), "0.51");
  assertEquals(
    printed("ResNet-20", "ResNet-20, shortcut-only gating -6"),
    "0.30",
  );
  assertEquals(
    printed(
      networkByName("resnet-20:activation=preActivation").name,
      "ResNet-20",
    ),
    "0.24",
  );
  assertEquals(
    claims.every(({ printed }) => printed === null || printed > 0),
    true,
  );
});

Deno.test("judgeClaims() compares a difference with its standard error", () => {
  const verdict = (a: number, b: number, assumedDeviation = 1) =>
    judgeClaims([CLAIM], [record("a", a), record("b", b)], { assumedDeviation })
      .map((one) => one.verdict)[0];
  // 2 * 1 * sqrt(1 / 1 + 1 / 1) = 2.83
  assertEquals(verdict(30, 32.8), "cannot tell");
  assertEquals(verdict(30, 32.9), "supports");
  assertEquals(verdict(32.9, 30), "contradicts");
  assertEquals(verdict(30, 32.9, 2), "cannot tell");
});

Deno.test("judgeClaims() takes the deviation of seeds where there are some", () => {
  const records = [
    record("a", 30),
    record("b", 35),
    ...[31, 33].map((error, seed) => record("c", error, { seed })),
    ...[10, 90].map((error, seed) => record("d", error, { seed, steps: 9 })),
  ];
  const [one] = judgeClaims([CLAIM], records);
  assertEquals(one?.deviation, "measured");
  assertAlmostEquals(one!.standardError!, Math.SQRT2 * Math.SQRT2);
  assertEquals(one?.verdict, "supports");
  assertEquals([one?.lowerRuns, one?.higherRuns], [1, 1]);
});

Deno.test("judgeClaims() says so where there is nothing to compare", () => {
  const other = [record("a", 30), record("b", 35, { steps: 9 })];
  const [apart] = judgeClaims([CLAIM], other);
  assertEquals([apart?.verdict, apart?.difference], ["cannot tell", null]);
  const training = { ...CLAIM, measured: "training error" } as const;
  const [none] = judgeClaims([training], [
    record("a", 30, { trainError: null }),
    record("b", 35),
  ]);
  assertEquals([none?.lowerRuns, none?.difference], [0, null]);
  assertThrows(
    () => judgeClaims([CLAIM], [], { assumedDeviation: 0 }),
    RangeError,
    "Expected assumedDeviation to be a number greater than 0 but found 0",
  );
});

Deno.test("claimDifferences() draws two standard errors each way", () => {
  const claims = judgeClaims(
    [CLAIM, { ...CLAIM, lower: "none" }],
    [record("a", 30), record("b", 40)],
    { assumedDeviation: Math.SQRT1_2 },
  );
  const { data } = claimDifferences(claims);
  assertEquals(data.map(({ name }) => name), [
    "two standard errors",
    "ours: supports",
    "paper",
  ]);
  const [low, high] = data[0]!.type === "scatter" ? data[0]!.y : [];
  assertAlmostEquals(low!, 8);
  assertAlmostEquals(high!, 12);
  assertThrows(() => claimDifferences([]), RangeError, "Expected claims");
});
