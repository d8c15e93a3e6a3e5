import { assertEquals } from "@std/assert";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { countMultiplyAdds, depthOf } from "../../lib/networks/count.ts";
import { layers } from "../../lib/networks/layers.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { shortcutCost } from "../../lib/networks/shortcut_cost.ts";
import { paperRow } from "../../lib/paper/paper_table.ts";
import { R15_TABLE_6 } from "../../lib/paper/r15_cifar.ts";
import { R16_CIFAR_NETWORKS } from "../../lib/paper/r16_results.ts";
import { CIFAR_COUNTS } from "../../lib/paper/reference_counts.ts";
import { roundLike } from "../paper/round_like.ts";

/** Parameters in millions, with as many decimals as the paper prints. */
function millions(parameters: number, printed: number): number {
  return roundLike(parameters / 1e6, printed);
}

Deno.test("cifarResNet() has the layers and parameters of R15 Table 6", () => {
  assertEquals(CIFAR_COUNTS.length, 6);
  for (const { name, parameters } of CIFAR_COUNTS) {
    const { layers, millionParameters } = paperRow(R15_TABLE_6, name);
    const depth = layers!;
    for (const network of [cifarResNet({ depth }), cifarPlain({ depth })]) {
      assertEquals(depthOf(network), depth, network.name);
      assertEquals(countParameters(network), parameters, network.name);
    }
    assertEquals(cifarResNet({ depth }).name, name);
    assertEquals(millions(parameters, millionParameters!), millionParameters);
  }
});

/**
 * Parameters that an independent implementation publishes for its networks
 * (osmr/imgclsmob on GitHub, PyTorch, MXNet and others alike): shortcuts are
 * 1x1 convolutions where dimensions change; from 164 on units are bottlenecks,
 * but those of 1202.
 */
const PUBLISHED: [depth: number, original: number, preActivation: number][] = [
  [20, 272474, 272282],
  [56, 855770, 855578],
  [110, 1730714, 1730522],
  [164, 1704154, 1703258],
  [272, 2816986, 2816090],
  [542, 5599066, 5598170],
  [1001, 10328602, 10327706],
  [1202, 19424026, 19423834],
];

Deno.test("cifarResNet() has the parameters of an independent implementation", () => {
  for (const [depth, original, preActivation] of PUBLISHED) {
    const bottleneck = [164, 272, 542, 1001].includes(depth);
    const options = {
      depth,
      unit: bottleneck ? "bottleneck" : "basic",
      shortcut: "B",
    } as const;
    const network = cifarResNet(options);
    assertEquals(countParameters(network), original, network.name);
    const other = cifarResNet({ ...options, activation: "preActivation" });
    assertEquals(countParameters(other), preActivation, other.name);
    assertEquals([depthOf(network), depthOf(other)], [depth, depth]);
  }
});

Deno.test("ResNet-164 and ResNet-1001 have the parameters that R16 prints", () => {
  for (const row of R16_CIFAR_NETWORKS.rows) {
    for (const activation of ["original", "preActivation"] as const) {
      const network = cifarResNet({ depth: row.layers, activation });
      assertEquals(depthOf(network), row.layers);
      // Those of ResNet-1001 without batch normalisation's; all of ResNet-164's
      // round to the same figure.
      const weighted = layers(network)
        .filter(({ kind }) => kind !== "batchNorm")
        .reduce((sum, { parameters }) => sum + parameters, 0);
      const printed = row.millionParameters;
      assertEquals(millions(weighted, printed), printed);
    }
  }
  const all = countParameters(cifarResNet({ depth: 164 }));
  assertEquals(millions(all, 1.7), 1.7);
});

Deno.test("ResNet-20 costs 40,551,040 multiply-adds", () => {
  assertEquals(countMultiplyAdds(cifarResNet({ depth: 20 })), 40551040);
});

Deno.test("options B and C cost what their convolutions have", () => {
  const n = 9;
  const at = (shortcut: "A" | "B" | "C") =>
    cifarResNet({ depth: 56, shortcut });
  assertEquals(shortcutCost(at("A")), { parameters: 0, multiplyAdds: 0 });
  // Where dimensions change: a kernel, and a scale and shift for each filter.
  const changes = {
    parameters: (16 * 32 + 2 * 32) + (32 * 64 + 2 * 64),
    multiplyAdds: 16 * 32 * 16 * 16 + 32 * 64 * 8 * 8,
  };
  assertEquals(shortcutCost(at("B")), changes);
  // And in all other units: n in the first stage, n - 1 in those after it.
  const others = {
    parameters: n * (16 * 16 + 2 * 16) +
      (n - 1) * ((32 * 32 + 2 * 32) + (64 * 64 + 2 * 64)),
    multiplyAdds: n * 16 * 16 * 32 * 32 +
      (n - 1) * (32 * 32 * 16 * 16 + 64 * 64 * 8 * 8),
  };
  const cost = {
    parameters: changes.parameters + others.parameters,
    multiplyAdds: changes.multiplyAdds + others.multiplyAdds,
  };
  assertEquals(shortcutCost(at("C")), cost);
  assertEquals(
    countParameters(at("C")) - countParameters(at("A")),
    cost.parameters,
  );
  assertEquals(
    countMultiplyAdds(at("C")) - countMultiplyAdds(at("A")),
    cost.multiplyAdds,
  );
  assertEquals([at("B"), at("C")].map(depthOf), [56, 56]);
});
