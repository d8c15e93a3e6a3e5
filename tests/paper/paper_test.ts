import { assert, assertEquals, assertThrows } from "@std/assert";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { countMultiplyAdds, depthOf } from "../../lib/networks/count.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import * as ilsvrc from "../../lib/paper/ilsvrc.ts";
import { paperRow, type PaperTable } from "../../lib/paper/paper_table.ts";
import * as architectures from "../../lib/paper/r15_architectures.ts";
import * as cifar from "../../lib/paper/r15_cifar.ts";
import * as imageNet from "../../lib/paper/r15_imagenet.ts";
import * as r16Results from "../../lib/paper/r16_results.ts";
import * as r16Units from "../../lib/paper/r16_units.ts";
import {
  R15_CIFAR_RECIPE,
  R15_IMAGENET_RECIPE,
  R16_WARM_UP,
} from "../../lib/paper/recipes.ts";
import {
  CIFAR_COUNTS,
  CIFAR_MILLION_MULTIPLY_ADDS,
  IMAGENET_COUNTS,
} from "../../lib/paper/reference_counts.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { countByHand, type Stage } from "./count_by_hand.ts";

const { R15_TABLE_1, R15_TABLE_1_STAGES, R15_STEM, R15_VGG_COSTS } =
  architectures;
const { R15_TABLE_6, R15_FIGURE_6 } = cifar;
const { R15_TABLE_2, R15_TABLE_3, R15_TABLE_4, R15_TABLE_5 } = imageNet;
const { R16_TABLE_1, R16_TABLE_2, R16_FAIL_ABOVE } = r16Units;
const { R16_TABLE_3, R16_TABLE_4, R16_TABLE_5, R16_CIFAR_NETWORKS } =
  r16Results;
const { ILSVRC_RESULTS } = ilsvrc;

/** Every table of lib/paper. */
const TABLES = [ilsvrc, architectures, cifar, imageNet, r16Results, r16Units]
  .flatMap((module) => Object.values<unknown>(module))
  .filter((value) =>
    typeof value === "object" && value !== null && "rows" in value
  ) as PaperTable<Record<string, unknown>>[];

/** A number rounded to as many decimals as another is printed with. */
function roundLike(value: number, printed: number): number {
  const decimals = String(printed).split(".")[1]?.length ?? 0;
  return Number(value.toFixed(decimals));
}

function count({ kernels, norms, classifier }: ReturnType<typeof countByHand>) {
  return kernels + norms + classifier;
}

function falls(values: readonly number[]): boolean {
  return values.slice(1).every((value, i) => value < values[i]!);
}

Deno.test("each table names its rows and columns once", () => {
  assertEquals(TABLES.length, 16);
  for (const { table, columns, rows } of TABLES) {
    assert(rows.length > 0);
    for (const row of rows) {
      assertEquals(Object.keys(row).sort(), Object.keys(columns).sort(), table);
    }
    const names = rows.map(({ name, layers }) => name ?? layers);
    assertEquals(new Set(names).size, rows.length, table);
  }
});

Deno.test("paperRow() names the rows that there are", () => {
  assertEquals(paperRow(R15_TABLE_3, "ResNet-34 B").top1, 24.52);
  assertThrows(
    () => paperRow(R15_VGG_COSTS, "VGG-11"),
    RangeError,
    "Expected a row of R15 section 4.1 (VGG-16, VGG-19) but found VGG-11",
  );
});

Deno.test("R15 Table 6 has the parameters of cifarResNet(), rounded", () => {
  for (const { name, parameters } of CIFAR_COUNTS) {
    const row = paperRow(R15_TABLE_6, name);
    const depth = row.layers!;
    const n = (depth - 2) / 6;
    assertEquals(parameters, 269_722 + (n - 3) * 97_216, name);
    for (const network of [cifarResNet({ depth }), cifarPlain({ depth })]) {
      assertEquals(countParameters(network), parameters, network.name);
      assertEquals(depthOf(network), depth, network.name);
    }
    const printed = row.millionParameters!;
    assertEquals(roundLike(parameters / 1e6, printed), printed, name);
  }
});

Deno.test("cifarResNet() has the multiply-adds that are known", () => {
  for (const [name, millions] of Object.entries(CIFAR_MILLION_MULTIPLY_ADDS)) {
    const depth = paperRow(R15_TABLE_6, name).layers!;
    const found = countMultiplyAdds(cifarResNet({ depth })) / 1e6;
    assertEquals(roundLike(found, millions), millions, name);
  }
});

Deno.test("R15 Table 1 gives the depths and parameters of its networks", () => {
  for (const { name, layers, unit, units } of R15_TABLE_1.rows) {
    const stages = R15_TABLE_1_STAGES.rows.map((stage, i): Stage => ({
      units: units[i]!,
      convolutions: stage[unit].map((filters, j) =>
        [filters, unit === "basic" || j === 1 ? 3 : 1] as const
      ),
    }));
    const convolutions = stages.reduce(
      (sum, stage) => sum + stage.units * stage.convolutions.length,
      0,
    );
    assertEquals(1 + convolutions + 1, layers, name);
    assertEquals(name, `ResNet-${layers}`);
    const { filters, kernelSize } = R15_STEM.convolution;
    const found = count(countByHand([filters, kernelSize], stages, 1000));
    const expected = IMAGENET_COUNTS.find((one) => one.name === name);
    assertEquals(found, expected?.parameters, name);
  }
});

Deno.test("the VGG nets have the parameters that are known", () => {
  for (
    const [name, units] of [
      ["VGG-16", [2, 2, 3, 3, 3]],
      ["VGG-19", [2, 2, 4, 4, 4]],
    ] as const
  ) {
    // Fully connected layers of 4096, 4096 and 1000 units on 7x7 pixels.
    let parameters = (7 * 7 * 512 + 1) * 4096 + (4096 + 1) * (4096 + 1000);
    let channels = 3;
    for (const [stage, filters] of [64, 128, 256, 512, 512].entries()) {
      for (let i = 0; i < units[stage]!; i++) {
        parameters += (9 * channels + 1) * filters;
        channels = filters;
      }
    }
    const expected = IMAGENET_COUNTS.find((one) => one.name === name);
    assertEquals(parameters, expected?.parameters, name);
  }
});

Deno.test("R15 Table 1 halves the image five times", () => {
  const { imageSize, convolution, maxPool } = R15_STEM;
  const sizes = [
    imageSize,
    convolution.outputSize,
    maxPool.outputSize,
    ...R15_TABLE_1_STAGES.rows.slice(1).map(({ outputSize }) => outputSize),
  ];
  assertEquals(sizes, [0, 1, 2, 3, 4, 5].map((i) => 224 / 2 ** i));
  assertEquals(R15_TABLE_1_STAGES.rows[0]?.outputSize, maxPool.outputSize);
});

Deno.test("R15's tables agree where they show the same", () => {
  const [, deep] = R15_TABLE_2.rows;
  assertEquals(paperRow(R15_TABLE_3, "plain-34").top1, deep?.plain);
  assertEquals(paperRow(R15_TABLE_3, "ResNet-34 A").top1, deep?.resNet);
  for (const { name, multiplyAdds } of R15_TABLE_1.rows) {
    assert(multiplyAdds < paperRow(R15_VGG_COSTS, "VGG-16").multiplyAdds, name);
  }
});

Deno.test("R15's tables say what its text says of them", () => {
  // Section 4.1: plain-34 is worse than plain-18, ResNet-34 better.
  const [shallow, deep] = R15_TABLE_2.rows;
  assert(deep!.plain > shallow!.plain && deep!.resNet < shallow!.resNet);
  // C is slightly better than B, B than A; deeper is better.
  for (const table of [R15_TABLE_3, R15_TABLE_4]) {
    const ours = table.rows.filter(({ name }) => name.startsWith("ResNet"));
    assert(falls(ours.map(({ top1 }) => top1!)), table.table);
    assert(falls(ours.map(({ top5 }) => top5)), table.table);
  }
  // The ensemble is the best of all, and better than any single model.
  const { top5 } = paperRow(R15_TABLE_5, "ResNet (ILSVRC'15)");
  const others = [...R15_TABLE_4.rows, ...R15_TABLE_5.rows];
  assertEquals(Math.min(...others.map((row) => row.top5)), top5);
  // Section 4.2: the best is 110 layers, and 1202 are worse.
  const resNets = R15_TABLE_6.rows.filter(({ name }) => /^ResNet/.test(name));
  assert(falls(resNets.slice(0, -1).map(({ error }) => error)));
  assert(resNets.at(-1)!.error > resNets.at(-2)!.error);
  assertEquals(
    R15_FIGURE_6.plainOrder.slice(0, -1).map((name) => name.slice(6)),
    resNets.slice(0, 4).map(({ layers }) => String(layers)),
  );
});

Deno.test("R15's 10-crop errors are those of the authors' released models", () => {
  // github.com/KaimingHe/deep-residual-networks, to one decimal.
  for (
    const [name, top1, top5] of [
      ["ResNet-50", 22.9, 6.7],
      ["ResNet-101", 21.8, 6.1],
      ["ResNet-152", 21.4, 5.7],
    ] as const
  ) {
    const row = paperRow(R15_TABLE_3, name);
    assert(Math.abs(row.top1! - top1) < 0.0501, name);
    assert(Math.abs(row.top5 - top5) < 0.0501, name);
  }
});

Deno.test("the challenge's results agree with R15 Table 5", () => {
  for (
    const [name, entry] of [
      ["VGG", "VGG (ILSVRC'14)"],
      ["GoogLeNet", "GoogLeNet (ILSVRC'14)"],
      ["ResNet", "ResNet (ILSVRC'15)"],
    ] as const
  ) {
    const { top5 } = paperRow(ILSVRC_RESULTS, name);
    assertEquals(roundLike(paperRow(R15_TABLE_5, entry).top5, top5), top5);
  }
  assert(falls(ILSVRC_RESULTS.rows.map(({ top5 }) => top5)));
  assertEquals(paperRow(ILSVRC_RESULTS, "ResNet").layers, 152);
});

Deno.test("R16's tables agree with each other and with R15", () => {
  const original = paperRow(R16_TABLE_2, "original");
  const full = paperRow(R16_TABLE_2, "full pre-activation");
  assertEquals(paperRow(R16_TABLE_1, "original").error, original.resNet110);
  for (
    const [name, column] of [
      ["ResNet-110, CIFAR-10", "resNet110"],
      ["ResNet-164, CIFAR-10", "resNet164"],
    ] as const
  ) {
    const { baseline, preActivation } = paperRow(R16_TABLE_3, name);
    assertEquals([baseline, preActivation], [original[column], full[column]]);
  }
  // R16 repeats R15's mean over five runs, not its best.
  const { spread } = paperRow(R15_TABLE_6, "ResNet-110");
  assertEquals(original.resNet110, spread?.mean);
});

Deno.test("R16's tables say what its text says of them", () => {
  // Section 3: no shortcut does better than the identity.
  const errors = R16_TABLE_1.rows.flatMap(({ error }) =>
    error === "fail" ? [] : [error]
  );
  assertEquals(Math.min(...errors), paperRow(R16_TABLE_1, "original").error);
  assert(Math.max(...errors) <= R16_FAIL_ABOVE);
  // Section 4: full pre-activation is the best, and at every depth.
  for (const column of ["resNet110", "resNet164"] as const) {
    const errors = R16_TABLE_2.rows.map((row) => row[column]);
    assertEquals(Math.min(...errors), errors.at(-1));
  }
  for (const { name, baseline, preActivation } of R16_TABLE_3.rows) {
    assert(preActivation < baseline, name);
  }
  const best = paperRow(R16_TABLE_3, "ResNet-1001, CIFAR-10").preActivation;
  assert(R16_TABLE_4.rows[0]!.error < best);
  // Section 5: with original units ResNet-200 is worse than ResNet-152.
  const top1 = (name: string) => paperRow(R16_TABLE_5, name).top1;
  assert(top1("ResNet-200, original") > top1("ResNet-152, original"));
  assert(
    top1("ResNet-200, pre-activation") < top1("ResNet-152, pre-activation"),
  );
});

Deno.test("R16's bottleneck networks have 9n + 2 layers and its parameters", () => {
  const withNorms: number[] = [];
  for (
    const { name, layers, n, filters, millionParameters } of R16_CIFAR_NETWORKS
      .rows
  ) {
    assertEquals(9 * n + 2, layers);
    const stages = filters.map(([reduced, inner, outer]): Stage => ({
      units: n,
      convolutions: [[reduced, 1], [inner, 3], [outer, 1]],
    }));
    const { kernels, norms, classifier } = countByHand([16, 3], stages, 10);
    // The paper leaves batch normalisation out: with it 10.2M would be 10.3M.
    const found = (kernels + classifier) / 1e6;
    assertEquals(roundLike(found, millionParameters), millionParameters, name);
    withNorms.push(roundLike(found + norms / 1e6, 0.1));
  }
  assertEquals(withNorms, [1.7, 10.3]);
});

Deno.test("paperRecipe() is R15's recipe for CIFAR-10", () => {
  const { steps, milestones, split, warmUp, ...given } = R15_CIFAR_RECIPE;
  const recipe = paperRecipe({ steps });
  assertEquals(recipe.milestones, [...milestones]);
  for (
    const field of [
      "batchSize",
      "learningRate",
      "momentum",
      "weightDecay",
    ] as const
  ) {
    assertEquals(recipe[field], given[field], field);
  }
  assertEquals(split.train + split.validation, 50_000);
  assertEquals(
    [warmUp.learningRate, warmUp.aboutSteps],
    [R16_WARM_UP.learningRate, R16_WARM_UP.steps],
  );
  for (const field of ["learningRate", "momentum", "weightDecay"] as const) {
    assertEquals(R15_IMAGENET_RECIPE[field], given[field]);
  }
});
