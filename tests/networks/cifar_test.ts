import { assert, assertEquals, assertThrows } from "@std/assert";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { countMultiplyAdds, depthOf } from "../../lib/networks/count.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { operations } from "../../lib/networks/walk.ts";

/** R15 section 4.2 and Table 6: depth, parameters, and what the table prints. */
const PAPER = [
  [20, 269722, "0.27M"],
  [32, 464154, "0.46M"],
  [44, 658586, "0.66M"],
  [56, 853018, "0.85M"],
  [110, 1727962, "1.7M"],
  [1202, 19421274, "19.4M"],
] as const;

Deno.test("cifarResNet() has the paper's layers and parameters", () => {
  for (const [depth, parameters, printed] of PAPER) {
    for (const network of [cifarResNet({ depth }), cifarPlain({ depth })]) {
      assertEquals(depthOf(network), depth, network.name);
      assertEquals(countParameters(network), parameters, network.name);
    }
    const digits = printed.split(".")[1]!.length - 1;
    assertEquals(`${(parameters / 1e6).toFixed(digits)}M`, printed);
  }
});

Deno.test("cifarResNet() costs the multiply-adds that are known", () => {
  assertEquals(countMultiplyAdds(cifarResNet({ depth: 20 })), 40551040);
  assertEquals(
    (countMultiplyAdds(cifarResNet({ depth: 56 })) / 1e6).toFixed(1),
    "125.5",
  );
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

Deno.test("cifarPlain() has the layers of cifarResNet() without shortcuts", () => {
  const plain = operations(cifarPlain({ depth: 32 }));
  const residual = operations(cifarResNet({ depth: 32 }));
  assertEquals(plain, residual.filter(({ onShortcut }) => !onShortcut));
  assertEquals(residual.length - plain.length, 2);
});

Deno.test("cifarResNet() names the nearest depths", () => {
  assertThrows(
    () => cifarResNet({ depth: 54 }),
    RangeError,
    "Expected a depth of 6n + 2 layers but found 54: the nearest are 50 and 56",
  );
  for (const depth of [0, 2, 21, NaN, 20.5]) {
    assertThrows(() => cifarPlain({ depth }), RangeError, `found ${depth}`);
  }
  assert(cifarResNet({ depth: 8 }));
});
