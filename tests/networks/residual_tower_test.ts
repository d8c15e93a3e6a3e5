import { assertEquals, assertThrows } from "@std/assert";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { depthOf } from "../../lib/networks/count.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { residualTower } from "../../lib/networks/residual_tower.ts";
import { outputShape, type Shape } from "../../lib/networks/shape.ts";
import { shortcutCases } from "../../lib/networks/shortcut_cases.ts";
import { unitsOf } from "../../lib/networks/units_of.ts";
import { operations } from "../../lib/networks/walk.ts";

Deno.test("residualTower() has ResNet-110's depth and units, on maps of one size", () => {
  const tower = residualTower({ units: 54 });
  assertEquals(depthOf(tower), depthOf(cifarResNet({ depth: 110 })));
  const shapes = unitsOf(tower).map(({ input, output }) => [input, output]);
  assertEquals(shapes.length, 54);
  for (const pair of shapes) assertEquals(pair, [[8, 8, 16], [8, 8, 16]]);
});

Deno.test("residualTower() has the parameters that its layers have by hand", () => {
  // Kernels, BN's scales and shifts, classifier with biases.
  const unit = 2 * (9 * 8 * 8 + 2 * 8);
  const ends = 9 * 1 * 8 + 2 * 8 + 8 * 4 + 4;
  for (const activation of ["original", "preActivation"] as const) {
    const options = { units: 3, filters: 8, channels: 1, classes: 4 };
    const tower = residualTower({ ...options, activation });
    assertEquals(countParameters(tower), 3 * unit + ends);
    assertEquals(tower.input, [32, 32, 1]);
  }
});

Deno.test("residualTower() begins and ends as R16 has it", () => {
  const namesOf = (activation: "original" | "preActivation") =>
    operations(residualTower({ units: 1, activation }))
      .map(({ path }) => path.replace("tower/unit1/", ""))
      .join(" ");
  assertEquals(
    namesOf("original"),
    "conv norm relu conv1 norm1 relu1 conv2 norm2 relu2 pool classifier",
  );
  assertEquals(
    namesOf("preActivation"),
    "conv norm1 relu1 conv1 norm2 relu2 conv2 closingNorm closingRelu pool classifier",
  );
});

Deno.test("residualTower() throws on numbers of units that are none", () => {
  assertThrows(
    () => residualTower({ units: 0.5 }),
    RangeError,
    "Expected units to be an integer of at least 1 but found 0.5",
  );
});

Deno.test("shortcutCases() are R16 Fig. 2 (a) to (f), with Table 1's factors", () => {
  const network = residualTower({ units: 2, activation: "original" });
  const cases = shortcutCases(network);
  assertEquals(cases.map(({ figure2 }) => figure2).join(""), "abcdef");
  assertEquals(
    cases.map(({ row }) => `${row.onShortcut}; ${row.onResidual}`),
    [
      "1; 1",
      "0.5; 0.5",
      "1 - g(x); g(x)",
      "1 - g(x); 1",
      "1x1 convolution; 1",
      "dropout 0.5; 1",
    ],
  );
  const kindsOf = (one: typeof network) =>
    operations(one).filter(({ path }) => path.startsWith("tower/unit2/"))
      .map(({ path }) => path.replace("tower/unit2/", ""))
      .filter((name) => !/^(conv|norm|relu)\d$/.test(name)).join(" ");
  assertEquals(cases.map((one) => kindsOf(one.network)), [
    "",
    "bodyScale shortcutScale",
    "gate gateSigmoid",
    "gate gateSigmoid",
    "projection projectionNorm",
    "shortcutDropout",
  ]);
  for (const { network: changed } of cases) {
    const [before, after] = [network, changed].map(({ layers, input }) =>
      layers.reduce<Shape>((shape, layer) => outputShape(layer, shape), input)
    );
    assertEquals(after, before);
  }
});
