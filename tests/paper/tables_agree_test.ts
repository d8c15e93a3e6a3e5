import { assert, assertEquals } from "@std/assert";
import { ILSVRC_RESULTS } from "../../lib/paper/ilsvrc.ts";
import { paperRow } from "../../lib/paper/paper_table.ts";
import {
  R15_TABLE_1,
  R15_VGG_COSTS,
} from "../../lib/paper/r15_architectures.ts";
import { R15_FIGURE_6, R15_TABLE_6 } from "../../lib/paper/r15_cifar.ts";
import {
  R15_TABLE_2,
  R15_TABLE_3,
  R15_TABLE_4,
  R15_TABLE_5,
} from "../../lib/paper/r15_imagenet.ts";
import {
  R16_TABLE_3,
  R16_TABLE_4,
  R16_TABLE_5,
} from "../../lib/paper/r16_results.ts";
import {
  R16_FAIL_ABOVE,
  R16_TABLE_1,
  R16_TABLE_2,
} from "../../lib/paper/r16_units.ts";
import { roundLike } from "./round_like.ts";

function falls(values: readonly number[]): boolean {
  return values.slice(1).every((value, i) => value < values[i]!);
}

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
