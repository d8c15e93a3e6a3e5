import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { initialise } from "../../lib/networks/initialise.ts";
import {
  fixedNormal,
  heNormal,
  heUniform,
  type Initialiser,
  orthogonal,
  standardUniform,
  xavierNormal,
  xavierUniform,
} from "../../lib/networks/initialisers.ts";
import {
  batchNorm,
  convolution,
  dense,
  globalAveragePool,
  type Network,
  parametricRelu,
} from "../../lib/networks/layer.ts";
import { tensorSpecs } from "../../lib/networks/parameters.ts";

const network: Network = {
  name: "small",
  input: [8, 8, 24],
  layers: [
    convolution("conv", 40, 3, { bias: true, initialBias: -2 }),
    batchNorm("norm"),
    parametricRelu("relu"),
    convolution("groups", 60, 3, { groups: 2, bias: true }),
    globalAveragePool("pool"),
    dense("hidden", 200, { initialBias: 0.5 }),
    dense("classifier", 50, { bias: false }),
  ],
};

/** Inputs that an output sums over, and outputs that an input is part of. */
const FANS: Record<string, [fanIn: number, fanOut: number]> = {
  conv: [9 * 24, 9 * 40],
  // Each of two groups has 20 channels and 30 filters.
  groups: [9 * 20, 9 * 30],
  hidden: [60, 200],
  classifier: [200, 50],
};

Deno.test("tensorSpecs() has the fans of each kernel", () => {
  const kernels = tensorSpecs(network).filter(({ role }) => role === "kernel");
  assertEquals(
    Object.fromEntries(
      kernels.map(({ name, fanIn, fanOut }) => [
        name.split("/")[0],
        [fanIn, fanOut],
      ]),
    ),
    FANS,
  );
});

interface Expected {
  variance: (fanIn: number, fanOut: number) => number;
  /** Fourth moment over squared variance: 3 of a normal, 1.8 of a uniform. */
  kurtosis: 3 | 1.8;
}

const CASES: [Initialiser, Expected][] = [
  [standardUniform(), { variance: (n) => 1 / (3 * n), kurtosis: 1.8 }],
  [xavierNormal(), { variance: (n, m) => 2 / (n + m), kurtosis: 3 }],
  [xavierUniform(), { variance: (n, m) => 2 / (n + m), kurtosis: 1.8 }],
  [heNormal(), { variance: (n) => 2 / n, kurtosis: 3 }],
  [heNormal({ fan: "out" }), { variance: (_, m) => 2 / m, kurtosis: 3 }],
  [heUniform(), { variance: (n) => 2 / n, kurtosis: 1.8 }],
  [heUniform({ fan: "out" }), { variance: (_, m) => 2 / m, kurtosis: 1.8 }],
  [fixedNormal(0.01), { variance: () => 1e-4, kurtosis: 3 }],
];

for (const [initialiser, { variance, kurtosis }] of CASES) {
  Deno.test(`${initialiser.name}: mean, variance and bounds`, () => {
    const values = initialise(network, { seed: 4, initialiser });
    for (const [layer, [fanIn, fanOut]] of Object.entries(FANS)) {
      const kernel = values.get(`${layer}/kernel`)!;
      const expected = variance(fanIn, fanOut);
      const moment = (power: number) =>
        kernel.reduce((sum, v) => sum + (v / Math.sqrt(expected)) ** power, 0) /
        kernel.length;
      // Five standard errors each.
      const error = 5 / Math.sqrt(kernel.length);
      assertAlmostEquals(moment(1), 0, error, layer);
      const ofVariance = Math.sqrt(kurtosis - 1) * error;
      assertAlmostEquals(moment(2), 1, ofVariance, layer);
      assertAlmostEquals(moment(4), kurtosis, kurtosis * 2.5 * error, layer);
      if (kurtosis === 3) continue;
      const bound = Math.sqrt(3 * expected);
      const largest = kernel.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      assert(largest <= bound * (1 + 1e-6), `${largest} of ${bound}`);
      assert(largest > 0.99 * bound, `${largest} of ${bound}`);
    }
    assertEquals(initialise(network, { seed: 4, initialiser }), values);
  });
}

Deno.test("orthogonal(): columns, or rows if fewer, are orthonormal", () => {
  const specs = tensorSpecs(network).filter(({ role }) => role === "kernel");
  const sizes = specs.map(({ shape }) => shape.at(-1)! - shape.at(-2)!);
  assert(sizes.some((size) => size > 0), "some kernel is wide");
  for (const gain of [1, Math.SQRT2]) {
    const initialiser = orthogonal({ gain });
    const values = initialise(network, { seed: 2, initialiser });
    for (const { name, shape } of specs) {
      const kernel = values.get(name)!;
      const columns = shape.at(-1)!;
      const rows = kernel.length / columns;
      const [count, length] = [
        Math.min(rows, columns),
        Math.max(rows, columns),
      ];
      const at = (vector: number, place: number) =>
        rows < columns
          ? kernel[vector * columns + place]!
          : kernel[place * columns + vector]!;
      for (let i = 0; i < count; i++) {
        for (let j = 0; j <= i; j++) {
          let product = 0;
          for (let k = 0; k < length; k++) product += at(i, k) * at(j, k);
          const expected = i === j ? gain ** 2 : 0;
          assertAlmostEquals(product, expected, 1e-6, `${name} ${i} ${j}`);
        }
      }
    }
  }
});

Deno.test("initialise() starts what is no kernel from what its layer says", () => {
  const values = initialise(network, { seed: 0 });
  const starts = Object.fromEntries(
    [...values].filter(([name]) => !name.endsWith("kernel")).map((
      [name, values],
    ) => [name, [...new Set(values)]]),
  );
  assertEquals(starts, {
    "conv/bias": [-2],
    "norm/scale": [1],
    "norm/shift": [0],
    "norm/runningMean": [0],
    "norm/runningVariance": [1],
    "relu/slope": [0.25],
    "groups/bias": [0],
    "hidden/bias": [0.5],
  });
  assertEquals(
    values,
    initialise(network, { seed: 0, initialiser: heNormal() }),
  );
});
