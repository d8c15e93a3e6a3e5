import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  cifarPlain,
  cifarResNet,
  type CifarResNetOptions,
} from "../../lib/networks/cifar.ts";
import { depthOf } from "../../lib/networks/count.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { operations } from "../../lib/networks/walk.ts";
import { outline } from "./outline.ts";

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
