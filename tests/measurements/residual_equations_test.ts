import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { gradientTerms } from "../../lib/measurements/gradient_terms.ts";
import { residualChains } from "../../lib/measurements/residual_chains.ts";
import { residualSums } from "../../lib/measurements/residual_sums.ts";
import {
  cifarPlain,
  cifarResNet,
  type CifarResNetOptions,
} from "../../lib/networks/cifar.ts";
import {
  convolution,
  type Network,
  relu,
  residual,
  scale,
  sequence,
} from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { withConstantScaling } from "../../lib/networks/shortcut_variants.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { noiseImages } from "../small_examples.ts";
import { linearModel } from "./by_hand.ts";

await useBackend({ name: "tensorflow", quiet: true });

const { images, labels } = noiseImages();

/** Two units after the first in each stage, in bottlenecks too. */
const OPTIONS: CifarResNetOptions[] = [
  { depth: 20 },
  { depth: 29, unit: "bottleneck" },
];

Deno.test("residualChains() are the units whose shortcuts are the identity", () => {
  const starts = (options: CifarResNetOptions) =>
    residualChains(cifarResNet(options)).map(({ start, units }) =>
      [start, ...units.map(({ path }) => path)].join(" ")
    );
  const later = [
    "stage2/unit1 stage2/unit2 stage2/unit3",
    "stage3/unit1 stage3/unit2 stage3/unit3",
  ];
  assertEquals(starts({ depth: 20 }), [
    "relu stage1/unit1 stage1/unit2 stage1/unit3",
    ...later,
  ]);
  assertEquals(starts({ depth: 20, activation: "preActivation" }), [
    "stage1/unit1/relu1 stage1/unit1 stage1/unit2 stage1/unit3",
    ...later,
  ]);
  // Bottlenecks change dimensions in the first stage too.
  assertEquals(starts({ depth: 29, unit: "bottleneck" }), [
    "stage1/unit1 stage1/unit2 stage1/unit3",
    ...later,
  ]);
  assertEquals(starts({ depth: 20, shortcut: "C" }), []);
  assertEquals(residualChains(cifarPlain({ depth: 20 })), []);
});

Deno.test("residualChains() has bodies and factors, and ends where layers stand between", () => {
  const unit = (name: string, shortcut: number[] = []) =>
    residual(
      name,
      [convolution("conv", 4, 3), relu("relu")],
      shortcut.map((factor, i) => scale(`scale${i}`, factor)),
    );
  const network: Network = {
    name: "chains",
    input: [4, 4, 4],
    layers: [
      unit("first"),
      sequence("stage", [unit("a", [0.5, 3]), sequence("b", [unit("")])]),
      relu("between"),
      sequence("c", [unit(""), relu("after")]),
      residual("d", [convolution("conv", 4, 3)], [relu("shortcut")]),
      unit("e"),
    ],
  };
  assertEquals(residualChains(network), [
    {
      start: "",
      units: [
        { path: "first", body: "first/relu", factor: 1 },
        { path: "stage/a", body: "stage/a/relu", factor: 1.5 },
        { path: "stage/b", body: "stage/b/relu", factor: 1 },
      ],
    },
    {
      start: "between",
      units: [{ path: "c", body: "c/relu", factor: 1 }],
    },
    { start: "d", units: [{ path: "e", body: "e/relu", factor: 1 }] },
  ]);
});

for (const training of [false, true]) {
  const mode = training ? "training" : "evaluation";

  for (const options of OPTIONS) {
    for (
      const activation of [
        "preActivation",
        "reluOnlyPreActivation",
        "reluBeforeAddition",
      ] as const
    ) {
      const network = cifarResNet({ ...options, activation });
      Deno.test(`x_L = x_l + sum F (R16 eq. 4), ${mode}: ${network.name}`, async () => {
        const model = build(network, { seed: 3 });
        const sums = await residualSums(model, images, { training });
        assertEquals(sums.length, residualUnits(network));
        for (const { difference, largest, to } of sums) {
          assert(largest > 0.1, to);
          assert(difference < 1e-5 * largest, `${to}: ${difference}`);
        }
        model.dispose();
      });
    }

    for (const activation of ["original", "batchNormAfterAddition"] as const) {
      const network = cifarResNet({ ...options, activation });
      Deno.test(`x_L is not x_l + sum F, ${mode}: ${network.name}`, async () => {
        const model = build(network, { seed: 3 });
        const sums = await residualSums(model, images, { training });
        assertEquals(sums.length, residualUnits(network));
        for (const { difference, largest, to } of sums) {
          assert(difference > 0.05 * largest, `${to}: ${difference}`);
        }
        model.dispose();
      });
    }
  }

  Deno.test(`scaled shortcuts sum as R16 eq. 7 says, ${mode}`, async () => {
    const network = withConstantScaling(preActivation, {
      shortcut: 0.5,
      body: 0.75,
    });
    const model = build(network, { seed: 3 });
    const sums = await residualSums(model, images, { training });
    assertEquals(sums.length, 7);
    for (const { difference, largest } of sums) {
      assert(largest > 0.1);
      assert(difference < 1e-5 * largest);
    }
    model.dispose();
  });

  for (const factor of [1, 0.5, 1.25]) {
    Deno.test(`the direct term is ${factor}^(L - l) dE/dx_L (R16 eqs. 5 and 8), ${mode}`, async () => {
      const network = withConstantScaling(preActivation, {
        shortcut: factor,
        body: 1,
      });
      const model = build(network, { seed: 3 });
      const terms = await gradientTerms(model, images, labels, { training });
      assertEquals(
        terms.map(({ from, to, units }) => `${from} ${to} ${units}`),
        [
          "stage1/unit1/relu1 stage1/unit3 3",
          "stage1/unit1 stage1/unit3 2",
          "stage1/unit2 stage1/unit3 1",
          "stage2/unit1 stage2/unit3 2",
          "stage2/unit2 stage2/unit3 1",
          "stage3/unit1 stage3/unit3 2",
          "stage3/unit2 stage3/unit3 1",
        ],
      );
      for (const term of terms) {
        assertEquals(term.factor, factor ** term.units);
        assert(term.throughBodies > 0.1 * term.total);
        assert(term.direct > 0);
        assert(Math.abs(term.direct / term.expected - 1) < 1e-3);
        assert(term.difference < 1e-5 * term.total, `${term.difference}`);
      }
      const ends = terms.filter(({ to }) => to === "stage1/unit3");
      assert(
        Math.abs(ends[0]!.expected / ends[2]!.expected / factor ** 2 - 1) <
          1e-5,
      );
      model.dispose();
    });
  }

  Deno.test(`ReLU after the addition leaves no such direct term, ${mode}`, async () => {
    const model = build(cifarResNet({ depth: 20 }), { seed: 3 });
    const terms = await gradientTerms(model, images, labels, { training });
    assertEquals(terms.length, 7);
    for (const { difference, expected, to } of terms) {
      assert(difference > 0.1 * expected, `${to}: ${difference}`);
    }
    model.dispose();
  });
}

const preActivation = cifarResNet({ depth: 20, activation: "preActivation" });

/** Units with an identity shortcut: all but those that change dimensions. */
function residualUnits(network: Network): number {
  return network.name.includes("29") ? 6 : 7;
}

testOnEachBackend(
  "the terms of a linear network are those by hand",
  async () => {
    // x_1 = 2 x_0 + 3 x_0, x_2 = 0.5 x_1 - x_1; logits are the means of x_2.
    const model = linearModel();
    const x = tf.tensor4d([0.2], [1, 1, 1, 1]);
    const terms = await gradientTerms(model, x, tf.tensor1d([0], "int32"));
    // x_2 = -0.5 * 5 * 0.2; dE/dx_2 = softmax of the first class, less 1.
    const slope = 1 / (1 + Math.exp(0.5)) - 1;
    const expected = [
      // dE/dx_0 = slope * (2 + 3) * (0.5 - 1); of it slope * 2 * 0.5 is direct.
      { factor: 1, total: 2.5, throughBodies: 3.5, direct: 1 },
      { factor: 0.5, total: 0.5, throughBodies: 1, direct: 0.5 },
    ];
    assertEquals(terms.length, 2);
    expected.forEach(({ factor, total, throughBodies, direct }, i) => {
      const term = terms[i]!;
      const near = (actual: number, times: number) =>
        assert(Math.abs(actual - Math.abs(slope) * times) < 1e-6, `${actual}`);
      assertEquals(term.factor, factor);
      near(term.total, total);
      near(term.throughBodies, throughBodies);
      near(term.direct, direct);
      near(term.expected, factor);
    });
    model.dispose();
  },
);

testOnEachBackend(
  "measuring leaves the model as it is, and no tensors behind",
  async () => {
    const { images, labels } = noiseImages(); // of this backend
    const model = build(preActivation, { seed: 3 });
    const before = await model.values();
    const tensors = tf.memory().numTensors;
    await residualSums(model, images, { training: true });
    await gradientTerms(model, images, labels, { training: true });
    assertEquals(tf.memory().numTensors, tensors);
    assertEquals(await model.values(), before);
    model.dispose();
    tf.dispose([images, labels]);
  },
);
