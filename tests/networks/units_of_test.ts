import { assertEquals } from "@std/assert";
import { alexNet } from "../../lib/networks/alexnet.ts";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { cifarHighway } from "../../lib/networks/cifar_highway.ts";
import { googLeNet } from "../../lib/networks/googlenet.ts";
import { highway } from "../../lib/networks/highway.ts";
import { imageNetResNet } from "../../lib/networks/imagenet.ts";
import {
  convolution,
  type Network,
  relu,
  residual,
} from "../../lib/networks/layer.ts";
import { withExclusiveGating } from "../../lib/networks/shortcut_variants.ts";
import { unitsOf } from "../../lib/networks/units_of.ts";
import { vgg } from "../../lib/networks/vgg.ts";
import { R15_TABLE_1 } from "../../lib/paper/r15_architectures.ts";

/** Such as "stage1/unit1 stage1/unit2". */
function paths(network: Network): string {
  return unitsOf(network).map(({ path }) => path).join(" ");
}

/** Paths of `counts[i]` units in stage i + 1. */
function stagesOf(counts: readonly number[], name: string): string {
  return counts.flatMap((count, i) =>
    Array.from({ length: count }, (_, k) => `stage${i + 1}/${name}${k + 1}`)
  ).join(" ");
}

Deno.test("unitsOf() has the units of R15 Table 1", () => {
  for (const { layers, units } of R15_TABLE_1.rows) {
    const depth = layers as 18 | 34 | 50 | 101 | 152;
    assertEquals(paths(imageNetResNet({ depth })), stagesOf(units, "unit"));
  }
});

Deno.test("unitsOf() has a unit once, whatever stands around its addition", () => {
  const expected = stagesOf([3, 3, 3], "unit");
  for (
    const activation of [
      "original",
      "batchNormAfterAddition",
      "reluBeforeAddition",
      "reluOnlyPreActivation",
      "preActivation",
    ] as const
  ) {
    const network = cifarResNet({ depth: 20, activation });
    assertEquals(paths(network), expected, activation);
    const gated = withExclusiveGating(network, { initialBias: -6 });
    assertEquals(paths(gated), expected, activation);
  }
  assertEquals(paths(cifarPlain({ depth: 20 })), expected);
});

Deno.test("unitsOf() has the shapes before and after each unit", () => {
  const shapes = unitsOf(cifarResNet({ depth: 20, unit: "bottleneck" }))
    .map(({ input, output }) => [input, output].join(" "));
  assertEquals(shapes, [
    "32,32,16 32,32,64",
    "32,32,64 32,32,64",
    "32,32,64 16,16,128",
    "16,16,128 16,16,128",
    "16,16,128 8,8,256",
    "8,8,256 8,8,256",
  ]);
});

Deno.test("unitsOf() has what other networks are made of", () => {
  assertEquals(paths(highway({ hiddenLayers: 4 })), "hidden2 hidden3 hidden4");
  assertEquals(paths(cifarHighway()), stagesOf([4, 5, 5], "highway"));
  assertEquals(
    paths(googLeNet()),
    "3a 3b 4a 4b 4c 4d 4e 5a 5b".replaceAll(/\w+/g, "inception$&"),
  );
  assertEquals(paths(vgg({ depth: 16 })), "stage1 stage2 stage3 stage4 stage5");
  assertEquals(paths(alexNet()), "");
});

Deno.test("unitsOf() has the innermost of units inside each other", () => {
  const inner = residual("inner", [convolution("conv", 3, 3), relu("relu")]);
  const outer = residual("outer", [inner], [convolution("shortcut", 3, 1)]);
  const network: Network = { name: "two", input: [4, 4, 3], layers: [outer] };
  assertEquals(unitsOf(network), [{
    path: "outer/inner",
    unit: inner,
    input: [4, 4, 3],
    output: [4, 4, 3],
  }]);
});
