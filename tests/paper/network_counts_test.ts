import { assertEquals } from "@std/assert";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { countMultiplyAdds, depthOf } from "../../lib/networks/count.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { paperRow } from "../../lib/paper/paper_table.ts";
import {
  R15_STEM,
  R15_TABLE_1,
  R15_TABLE_1_STAGES,
} from "../../lib/paper/r15_architectures.ts";
import { R15_TABLE_6 } from "../../lib/paper/r15_cifar.ts";
import { R16_CIFAR_NETWORKS } from "../../lib/paper/r16_results.ts";
import {
  CIFAR_COUNTS,
  CIFAR_MILLION_MULTIPLY_ADDS,
  IMAGENET_COUNTS,
} from "../../lib/paper/reference_counts.ts";
import { countByHand, type Stage } from "./count_by_hand.ts";
import { roundLike } from "./round_like.ts";

function count({ kernels, norms, classifier }: ReturnType<typeof countByHand>) {
  return kernels + norms + classifier;
}

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
  const known = Object.entries(CIFAR_MILLION_MULTIPLY_ADDS);
  assertEquals(known.length, 2);
  for (const [name, millions] of known) {
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
