import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  cifarPlain,
  cifarResNet,
  type CifarResNetOptions,
} from "../../lib/networks/cifar.ts";
import { countMultiplyAdds, depthOf } from "../../lib/networks/count.ts";
import { layers } from "../../lib/networks/layers.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { shortcutCost } from "../../lib/networks/shortcut_cost.ts";
import { operations } from "../../lib/networks/walk.ts";
import { paperRow } from "../../lib/paper/paper_table.ts";
import { R15_TABLE_6 } from "../../lib/paper/r15_cifar.ts";
import { R16_CIFAR_NETWORKS } from "../../lib/paper/r16_results.ts";
import {
  CIFAR_COUNTS,
  CIFAR_MILLION_MULTIPLY_ADDS,
} from "../../lib/paper/reference_counts.ts";
import { outline } from "./outline.ts";

/** Parameters in millions, with as many decimals as the paper prints. */
function millions(parameters: number, printed: number): number {
  const digits = `${printed}`.split(".")[1]?.length ?? 0;
  return Number((parameters / 1e6).toFixed(digits));
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

Deno.test("cifarResNet() costs the multiply-adds that are known", () => {
  assertEquals(countMultiplyAdds(cifarResNet({ depth: 20 })), 40551040);
  const known = Object.entries(CIFAR_MILLION_MULTIPLY_ADDS);
  assertEquals(known.length, 2);
  for (const [name, printed] of known) {
    const depth = Number(name.split("-")[1]);
    const found = countMultiplyAdds(cifarResNet({ depth }));
    assertEquals(millions(found, printed), printed);
  }
});

Deno.test("cifarResNet() has 2n layers a stage on 32, 16 and 8 pixels", () => {
  const convolutions = operations(cifarResNet({ depth: 56 }))
    .filter(({ layer }) => layer.kind === "convolution");
  const sizes = Map.groupBy(convolutions, ({ output }) => output.join("x"));
  assertEquals(
    [...sizes].map(([size, layers]) => [size, layers.length]),
    [["32x32x16", 19], ["16x16x32", 18], ["8x8x64", 18]],
  );
  const strided = convolutions.filter(({ layer }) =>
    layer.kind === "convolution" && layer.stride === 2
  );
  assertEquals(strided.map(({ path }) => path), [
    "stage2/unit1/conv1",
    "stage3/unit1/conv1",
  ]);
});

Deno.test("ResNet-164 has 18 units a stage of 16-16-64, 32-32-128, 64-64-256 filters", () => {
  for (const activation of ["original", "preActivation"] as const) {
    const network = cifarResNet({ depth: 164, activation });
    const convolutions = operations(network)
      .filter(({ layer, path }) =>
        layer.kind === "convolution" && /conv\d$/.test(path)
      );
    const kinds = Map.groupBy(
      convolutions,
      ({ layer, path, output }) =>
        layer.kind === "convolution"
          ? `${path.at(-1)} ${layer.kernelSize}x${layer.kernelSize} ${output}`
          : "",
    );
    assertEquals([...kinds].map(([kind, all]) => [kind, all.length]), [
      ["1 1x1 32,32,16", 18],
      ["2 3x3 32,32,16", 18],
      ["3 1x1 32,32,64", 18],
      ["1 1x1 16,16,32", 18],
      ["2 3x3 16,16,32", 18],
      ["3 1x1 16,16,128", 18],
      ["1 1x1 8,8,64", 18],
      ["2 3x3 8,8,64", 18],
      ["3 1x1 8,8,256", 18],
    ]);
    const projections = operations(network)
      .filter(({ path }) => path.endsWith("projection"));
    assertEquals(
      projections.map(({ path, input, output }) => [path, input, output]),
      [
        ["stage1/unit1/projection", [32, 32, 16], [32, 32, 64]],
        ["stage2/unit1/projection", [32, 32, 64], [16, 16, 128]],
        ["stage3/unit1/projection", [16, 16, 128], [8, 8, 256]],
      ],
    );
  }
});

Deno.test("pre-activation ResNet-164 is built as in the authors' released code", () => {
  // resnet-pre-act.lua of KaimingHe/resnet-1k-layers, read off by hand.
  assertEquals(
    outline(
      cifarResNet({
        depth: 20,
        unit: "bottleneck",
        activation: "preActivation",
      })
        .layers,
    ),
    [
      "3x3,16",
      "BN ReLU (1x1,16 BN ReLU 3x3,16 BN ReLU 1x1,64 + 1x1,64)",
      "(BN ReLU 1x1,16 BN ReLU 3x3,16 BN ReLU 1x1,64 + x)",
      "BN ReLU (1x1,32/2 BN ReLU 3x3,32 BN ReLU 1x1,128 + 1x1,128/2)",
      "(BN ReLU 1x1,32 BN ReLU 3x3,32 BN ReLU 1x1,128 + x)",
      "BN ReLU (1x1,64/2 BN ReLU 3x3,64 BN ReLU 1x1,256 + 1x1,256/2)",
      "(BN ReLU 1x1,64 BN ReLU 3x3,64 BN ReLU 1x1,256 + x)",
      "BN ReLU pool fc,10",
    ].join(" "),
  );
});

Deno.test("ResNet-110 of one-layer units has 108 shortcuts over the same layers", () => {
  const network = cifarResNet({ depth: 110, unit: "single" });
  assertEquals(depthOf(network), 110);
  assertEquals(
    countParameters(network),
    countParameters(cifarPlain({ depth: 110 })),
  );
  const units = outline(network.layers).match(/\([^()]*\)/g)!;
  assertEquals(units.length, 108);
  assertEquals(
    [...new Set(units)],
    [
      "(3x3,16 BN + x)",
      "(3x3,32/2 BN + pad,32/2)",
      "(3x3,32 BN + x)",
      "(3x3,64/2 BN + pad,64/2)",
      "(3x3,64 BN + x)",
    ],
  );
  const other = cifarResNet({
    depth: 110,
    unit: "single",
    activation: "preActivation",
  });
  assertEquals(depthOf(other), 110);
  assertEquals(
    outline(other.layers).slice(0, 46),
    "3x3,16 BN ReLU (3x3,16 + x) (BN ReLU 3x3,16 + ",
  );
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

Deno.test("cifarPlain() has the layers of cifarResNet() without shortcuts", () => {
  const plain = operations(cifarPlain({ depth: 32 }));
  const residual = operations(cifarResNet({ depth: 32 }));
  assertEquals(plain, residual.filter(({ onShortcut }) => !onShortcut));
  assertEquals(residual.length - plain.length, 2);
});

Deno.test("networks are named as in the papers", () => {
  const names: [CifarResNetOptions, string][] = [
    [{ depth: 56 }, "ResNet-56"],
    [{ depth: 164 }, "ResNet-164"],
    [
      { depth: 1001, activation: "preActivation" },
      "pre-activation ResNet-1001",
    ],
    [{ depth: 110, shortcut: "C" }, "ResNet-110 C"],
    [{ depth: 164, shortcut: "B" }, "ResNet-164"],
    [
      { depth: 110, unit: "single", activation: "preActivation" },
      "pre-activation ResNet-110, 1-layer units",
    ],
    [{ depth: 164, unit: "basic" }, "ResNet-164, basic units"],
    [{ depth: 110, unit: "bottleneck" }, "ResNet-110, bottleneck units"],
    [
      { depth: 110, activation: "batchNormAfterAddition" },
      "ResNet-110, BN after addition",
    ],
    [
      { depth: 110, activation: "reluBeforeAddition" },
      "ResNet-110, ReLU before addition",
    ],
    [
      { depth: 164, activation: "reluOnlyPreActivation" },
      "ResNet-164, ReLU-only pre-activation",
    ],
  ];
  for (const [options, name] of names) {
    const network = cifarResNet(options);
    assertEquals(network.name, name);
    assertEquals(depthOf(network), options.depth);
  }
  assertEquals(cifarPlain({ depth: 164 }).name, "plain-164");
});

Deno.test("cifarResNet() takes other images and classes", () => {
  const network = cifarResNet({ depth: 20, classes: 100, channels: 1 });
  assertEquals(network.input, [32, 32, 1]);
  const more = 90 * (64 + 1) - 2 * 9 * 16;
  assertEquals(countParameters(network), 269722 + more);
});

Deno.test("cifarResNet() names the nearest depths", () => {
  assertThrows(
    () => cifarResNet({ depth: 54 }),
    RangeError,
    "Expected a depth of 6n + 2 layers but found 54: the nearest are 50 and 56",
  );
  assertThrows(
    () => cifarResNet({ depth: 1000, unit: "bottleneck" }),
    RangeError,
    "Expected a depth of 9n + 2 layers but found 1000: the nearest are 992 and 1001",
  );
  assertThrows(
    () => cifarResNet({ depth: 111, unit: "single" }),
    RangeError,
    "Expected a depth of 3n + 2 layers but found 111: the nearest are 110 and 113",
  );
  for (const depth of [0, 2, 21, NaN, 20.5]) {
    assertThrows(() => cifarPlain({ depth }), RangeError, `found ${depth}`);
  }
  assertThrows(() => cifarPlain({ depth: 1001 }), RangeError, "998 and 1004");
  assert(cifarResNet({ depth: 8 }));
});
