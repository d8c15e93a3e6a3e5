import { assert, assertEquals, assertThrows } from "@std/assert";
import katex from "katex";
import { explain } from "../../lib/drawing/explain.ts";
import {
  activation,
  averagePool,
  batchNorm,
  concatenation,
  convolution,
  dense,
  dropout,
  flatten,
  gated,
  globalAveragePool,
  type Layer,
  localResponseNorm,
  maxPool,
  parametricRelu,
  relu,
  residual,
  scale,
  sequence,
  spatialPyramidPool,
  zeroPadShortcut,
} from "../../lib/networks/layer.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { unitsOf } from "../../lib/networks/units_of.ts";
import {
  basicUnit,
  bottleneck,
  inception,
  PLACEMENTS,
  SHARED_PRE_ACTIVATION,
  SHORTCUTS,
  ZERO_PADDED,
} from "./example_units.ts";

const F = String.raw`\mathcal{F}(x, \{W_i\})`;
const BODY = String
  .raw`${F} &= \mathrm{BN}(W_2 * \mathrm{ReLU}(\mathrm{BN}(W_1 * x)))`;
const GATE = String.raw`g(x) &= \sigma(W_g x + b_g)`;

function assertExplained(unit: Layer, ...lines: string[]): void {
  const tex = explain(unit);
  assertEquals(
    tex.split("\n"),
    lines.length === 1 ? lines : [
      "\\begin{aligned}",
      ...lines.map((line, i) => i < lines.length - 1 ? `${line} \\\\` : line),
      "\\end{aligned}",
    ],
  );
  assert(katex.renderToString(tex, { displayMode: true, strict: "error" }));
}

Deno.test("explain() the placements of R16 Fig. 4", () => {
  assertExplained(
    PLACEMENTS.original,
    String.raw`y &= \mathrm{ReLU}(${F} + x)`,
    BODY,
  );
  assertExplained(
    PLACEMENTS.normAfterAddition,
    String.raw`y &= \mathrm{ReLU}(\mathrm{BN}(${F} + x))`,
    String.raw`${F} &= W_2 * \mathrm{ReLU}(\mathrm{BN}(W_1 * x))`,
  );
  assertExplained(
    PLACEMENTS.reluBeforeAddition,
    String.raw`y &= ${F} + x`,
    String
      .raw`${F} &= \mathrm{ReLU}(\mathrm{BN}(W_2 * \mathrm{ReLU}(\mathrm{BN}(W_1 * x))))`,
  );
  assertExplained(
    PLACEMENTS.reluOnly,
    String.raw`y &= ${F} + x`,
    String
      .raw`${F} &= \mathrm{BN}(W_2 * \mathrm{ReLU}(\mathrm{BN}(W_1 * \mathrm{ReLU}(x))))`,
  );
  assertExplained(
    PLACEMENTS.preActivation,
    String.raw`y &= ${F} + x`,
    String
      .raw`${F} &= W_2 * \mathrm{ReLU}(\mathrm{BN}(W_1 * \mathrm{ReLU}(\mathrm{BN}(x))))`,
  );
});

Deno.test("explain() the shortcuts of R16 Fig. 2", () => {
  assertExplained(
    SHORTCUTS.constantScaling,
    String.raw`y &= \mathrm{ReLU}(0.5\, ${F} + 0.5\, x)`,
    BODY,
  );
  assertExplained(
    SHORTCUTS.exclusiveGating,
    String.raw`y &= \mathrm{ReLU}(g(x) \odot ${F} + (1 - g(x)) \odot x)`,
    BODY,
    GATE,
  );
  assertExplained(
    SHORTCUTS.shortcutGating,
    String.raw`y &= \mathrm{ReLU}(${F} + (1 - g(x)) \odot x)`,
    BODY,
    GATE,
  );
  assertExplained(
    SHORTCUTS.convolution,
    String.raw`y &= \mathrm{ReLU}(${F} + W_s x)`,
    BODY,
  );
  assertExplained(
    SHORTCUTS.dropout,
    String.raw`y &= \mathrm{ReLU}(${F} + \mathrm{dropout}_{0.5}(x))`,
    BODY,
  );
});

Deno.test("explain() options A and B, and bottlenecks", () => {
  assertExplained(
    ZERO_PADDED,
    String
      .raw`y &= \mathrm{ReLU}(${F} + \mathrm{pad}_{32}(x_{\downarrow 2}))`,
    BODY,
  );
  assertExplained(
    bottleneck("unit", 64, true, 2),
    String.raw`y &= \mathrm{ReLU}(${F} + \mathrm{BN}(W_s x))`,
    String
      .raw`${F} &= \mathrm{BN}(W_3 * \mathrm{ReLU}(\mathrm{BN}(W_2 * \mathrm{ReLU}(\mathrm{BN}(W_1 * x)))))`,
  );
});

Deno.test("explain() names what both ways read after a shared BN and ReLU", () => {
  assertExplained(
    SHARED_PRE_ACTIVATION,
    String.raw`y &= \mathcal{F}(\hat{x}, \{W_i\}) + W_s \hat{x}`,
    String.raw`\hat{x} &= \mathrm{ReLU}(\mathrm{BN}(x))`,
    String
      .raw`\mathcal{F}(\hat{x}, \{W_i\}) &= W_2 * \mathrm{ReLU}(\mathrm{BN}(W_1 * \hat{x}))`,
  );
});

Deno.test("explain() a concatenation", () => {
  assertExplained(
    inception("3a"),
    String.raw`y &= [B_1(x),\, B_2(x),\, B_3(x),\, B_4(x)]`,
    String.raw`B_1(x) &= \mathrm{ReLU}(W_1 * x + b_1)`,
    String
      .raw`B_2(x) &= \mathrm{ReLU}(W_3 * \mathrm{ReLU}(W_2 * x + b_2) + b_3)`,
    String
      .raw`B_3(x) &= \mathrm{ReLU}(W_5 * \mathrm{ReLU}(W_4 * x + b_4) + b_5)`,
    String
      .raw`B_4(x) &= \mathrm{ReLU}(W_6 * \mathrm{maxpool}_{3 \times 3}(x) + b_6)`,
  );
  assertExplained(
    concatenation("dense", [[], [convolution("conv", 4, 3)]]),
    String.raw`y &= [x,\, B_1(x)]`,
    String.raw`B_1(x) &= W_1 * x`,
  );
});

Deno.test("explain() a highway layer", () => {
  assertExplained(
    gated("highway", {
      body: [dense("h", 50), relu("relu")],
      gate: [dense("t", 50), activation("sigmoid", "sigmoid")],
    }),
    String.raw`y &= g(x) \odot ${F} + (1 - g(x)) \odot x`,
    String.raw`${F} &= \mathrm{ReLU}(W_1 x + b_1)`,
    GATE,
  );
});

Deno.test("explain() every operation", () => {
  const by = (layer: Layer, tex: string) =>
    assertExplained(layer, `y = ${tex}`);
  by(convolution("a", 4, 1), "W_1 * x");
  by(convolution("a", 4, 3, { bias: true }), "W_1 * x + b_1");
  by(dense("a", 4, { bias: false }), "W_1 x");
  by(batchNorm("a"), String.raw`\mathrm{BN}(x)`);
  by(localResponseNorm("a"), String.raw`\mathrm{LRN}(x)`);
  by(activation("a", "tanh"), String.raw`\tanh(x)`);
  by(activation("a", "softsign"), String.raw`\mathrm{softsign}(x)`);
  by(parametricRelu("a"), String.raw`\mathrm{PReLU}(x)`);
  by(maxPool("a", 2), String.raw`\mathrm{maxpool}_{2 \times 2, /2}(x)`);
  by(averagePool("a", 7), String.raw`\mathrm{avgpool}_{7 \times 7, /7}(x)`);
  by(globalAveragePool("a"), String.raw`\mathrm{avgpool}(x)`);
  by(spatialPyramidPool("a", [7, 3]), String.raw`\mathrm{SPP}_{7,3}(x)`);
  by(zeroPadShortcut("a", 8), String.raw`\mathrm{pad}_{8}(x)`);
  by(flatten("a"), String.raw`\mathrm{vec}(x)`);
  by(dropout("a", 0.5), String.raw`\mathrm{dropout}_{0.5}(x)`);
  by(scale("a", 0.5), String.raw`0.5\, x`);
  by(sequence("a", []), "x");
});

Deno.test("explain() puts brackets where a part would come apart", () => {
  const conv = (name: string, bias = false) =>
    convolution(name, 8, 3, { bias });
  assertExplained(
    sequence("two", [conv("a", true), conv("b")]),
    "y = W_2 * (W_1 * x + b_1)",
  );
  assertExplained(
    sequence("scaled sum", [residual("unit", [relu("a")]), scale("b", 0.1)]),
    String.raw`y &= 0.1\, (\mathcal{F}(x) + x)`,
    String.raw`\mathcal{F}(x) &= \mathrm{ReLU}(x)`,
  );
  assertExplained(
    gated("gated", {
      body: [relu("a")],
      gate: [activation("b", "sigmoid")],
      shortcut: [convolution("c", 8, 1)],
    }),
    String.raw`y &= g(x) \odot \mathcal{F}(x) + (1 - g(x)) \odot (W_s x)`,
    String.raw`\mathcal{F}(x) &= \mathrm{ReLU}(x)`,
    String.raw`g(x) &= \sigma(x)`,
  );
});

Deno.test("explain() numbers what several units have", () => {
  assertExplained(
    sequence("stage", [basicUnit("a", 64, 2), basicUnit("b", 64, 1)]),
    String.raw`y &= \mathrm{ReLU}(\mathcal{F}_2(x_1, \{W_i\}) + x_1)`,
    String
      .raw`\mathcal{F}_1(x, \{W_i\}) &= \mathrm{BN}(W_2 * \mathrm{ReLU}(\mathrm{BN}(W_1 * x)))`,
    String
      .raw`x_1 &= \mathrm{ReLU}(\mathcal{F}_1(x, \{W_i\}) + \mathrm{BN}(W_s x))`,
    String
      .raw`\mathcal{F}_2(x_1, \{W_i\}) &= \mathrm{BN}(W_4 * \mathrm{ReLU}(\mathrm{BN}(W_3 * x_1)))`,
  );
  // TeX refuses an index of an index: pixels of x_1 need brackets.
  const zero = residual("b", [convolution("c", 8, 3, { stride: 2 })], [
    zeroPadShortcut("d", 8, 2),
  ]);
  assertExplained(
    sequence("stage", [PLACEMENTS.original, zero]),
    String
      .raw`y &= \mathcal{F}_2(x_1, \{W_i\}) + \mathrm{pad}_{8}((x_1)_{\downarrow 2})`,
    String
      .raw`\mathcal{F}_1(x, \{W_i\}) &= \mathrm{BN}(W_2 * \mathrm{ReLU}(\mathrm{BN}(W_1 * x)))`,
    String.raw`x_1 &= \mathrm{ReLU}(\mathcal{F}_1(x, \{W_i\}) + x)`,
    String.raw`\mathcal{F}_2(x_1, \{W_i\}) &= W_3 * x_1`,
  );
});

Deno.test("explain() many units gives TeX that is read, indices of two digits included", () => {
  const units = Array.from(
    { length: 12 },
    (_, i) => bottleneck(`unit${i}`, 64, true, 1),
  );
  const tex = explain(sequence("stage", units));
  assert(tex.includes("W_{36} * "));
  assert(tex.includes("W_{s,12} x_{11}"));
  assert(katex.renderToString(tex, { displayMode: true, strict: "error" }));
});

Deno.test("explain() says where to find a unit if it gets something else", () => {
  const network = cifarResNet({ depth: 20 });
  for (
    const [wrong, found] of [
      [
        network,
        "a network, ResNet-20: take the unit of one of unitsOf(network)",
      ],
      [unitsOf(network)[0], "one with its place: take its property unit"],
      [network.layers, "a list"],
      [undefined, "undefined"],
    ]
  ) {
    assertThrows(
      () => explain(wrong as unknown as Layer),
      TypeError,
      `Expected a unit but found ${found}`,
    );
  }
});
