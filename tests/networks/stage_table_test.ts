import { assertEquals, assertThrows } from "@std/assert";
import { countMultiplyAdds } from "../../lib/networks/count.ts";
import { imageNetPlain, imageNetResNet } from "../../lib/networks/imagenet.ts";
import { loneUnit } from "../../lib/networks/lone_unit.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { preluNet } from "../../lib/networks/prelu_net.ts";
import { architectures, stageTable } from "../../lib/networks/stage_table.ts";
import { vgg } from "../../lib/networks/vgg.ts";
import {
  R15_TABLE_1,
  R15_TABLE_1_STAGES,
} from "../../lib/paper/r15_architectures.ts";

Deno.test("stageTable() has R15 Table 1's rows", () => {
  for (const { name, unit, units } of R15_TABLE_1.rows) {
    const depth = Number(name.split("-")[1]) as 18;
    const rows = stageTable(imageNetResNet({ depth }));
    assertEquals(
      rows.map((row) => [row.name, row.outputSize]),
      [
        ["conv", 112],
        ["maxPool", 56],
        ...R15_TABLE_1_STAGES.rows.map(({ outputSize }, i) => [
          `stage${i + 1}`,
          outputSize,
        ]),
        ["pool", 1],
        ["classifier", 1],
      ],
    );
    const kernels = unit === "basic" ? ["3x3", "3x3"] : ["1x1", "3x3", "1x1"];
    const printed = R15_TABLE_1_STAGES.rows.map((stage, i) =>
      `[${
        stage[unit].map((filters, k) => `${kernels[k]}, ${filters}`).join("; ")
      }] x ${units[i]}`
    );
    assertEquals(rows.slice(2, 6).map(({ layers }) => layers), printed);
  }
});

Deno.test("stageTable() counts all that a network costs", () => {
  const networks = [
    imageNetResNet({ depth: 50 }),
    imageNetResNet({ depth: 200, activation: "preActivation" }),
    imageNetPlain({ depth: 34 }),
    vgg({ depth: 19 }),
    preluNet(),
  ];
  for (const network of networks) {
    const rows = stageTable(network);
    const sum = (of: "parameters" | "multiplyAdds") =>
      rows.reduce((all, row) => all + row[of], 0);
    assertEquals(sum("parameters"), countParameters(network));
    assertEquals(sum("multiplyAdds"), countMultiplyAdds(network));
  }
});

Deno.test("stageTable() has VGG's stages and poolings", () => {
  assertEquals(
    stageTable(vgg({ depth: 16 })).map(({ layers }) => layers),
    [
      "[3x3, 64] x 2; 2x2 max pool, stride 2",
      "[3x3, 128] x 2; 2x2 max pool, stride 2",
      "[3x3, 256] x 3; 2x2 max pool, stride 2",
      "[3x3, 512] x 3; 2x2 max pool, stride 2",
      "[3x3, 512] x 3; 2x2 max pool, stride 2",
      "4096-d fully connected",
      "4096-d fully connected",
      "1000-d fully connected",
    ],
  );
});

Deno.test("architectures() wants the same stages", () => {
  assertThrows(
    () => architectures([imageNetResNet({ depth: 18 }), vgg({ depth: 16 })]),
    RangeError,
    "Expected VGG-16 to have the stages of ResNet-18 but found stage1 in place of conv",
  );
});

/** R15 section 4.1, with the formulas worked out by hand. */
Deno.test("loneUnit() costs what is derived, for each expansion", () => {
  const [m, places] = [32, 28 * 28];
  for (const expansion of [1, 2, 4, 7]) {
    const count = (shortcut: "A" | "B" | "C") =>
      countMultiplyAdds(
        loneUnit({
          unit: "bottleneck",
          width: m,
          expansion,
          shortcut,
          size: 28,
        }),
      );
    assertEquals(count("B"), (9 + 2 * expansion) * m ** 2 * places);
    assertEquals(count("A"), count("B"));
    assertEquals(count("C") - count("B"), (expansion * m) ** 2 * places);
  }
  const basic = loneUnit({ unit: "basic", width: m, size: 28 });
  assertEquals(countMultiplyAdds(basic), 18 * m ** 2 * places);
  assertEquals(basic.name, "basic 32-32");
  assertThrows(
    () => loneUnit({ unit: "bottleneck", expansion: 0.5 }),
    RangeError,
    "Expected expansion to be an integer of at least 1 but found 0.5",
  );
});
