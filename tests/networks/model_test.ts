import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { forwardUntil } from "../../lib/networks/forward_until.ts";
import { identitySolution } from "../../lib/networks/identity_solution.ts";
import { initialise } from "../../lib/networks/initialise.ts";
import {
  activation,
  batchNorm,
  concatenation,
  convolution,
  dense,
  flatten,
  gated,
  maxPool,
  type Network,
  relu,
  residual,
  scale,
} from "../../lib/networks/layer.ts";
import { build, Model } from "../../lib/networks/model.ts";
import { outputDifference } from "../../lib/networks/output_difference.ts";
import { tensorSpecs } from "../../lib/networks/parameters.ts";
import { operations } from "../../lib/networks/walk.ts";

await useBackend({ name: "tensorflow", quiet: true });

function images(count: number): tf.Tensor4D {
  return tf.randomNormal([count, 32, 32, 3], 0, 1, "float32", 5);
}

Deno.test("Model.logits() gives the shapes that the description says", () => {
  const network = cifarResNet({ depth: 14 });
  const model = build(network, { seed: 0 });
  const seen = new Map<string, number[]>();
  const logits = model.logits(images(2), {
    observe: (path, output) => seen.set(path, output.shape),
  });
  assertEquals(logits.shape, [2, 10]);
  for (const { path, output } of operations(network)) {
    assertEquals(seen.get(path), [2, ...output], path);
  }
  model.dispose();
});

Deno.test("initialise() gives a layer the same values whatever others there are", () => {
  const shallow = initialise(cifarPlain({ depth: 20 }), { seed: 5 });
  const deep = initialise(cifarResNet({ depth: 56 }), { seed: 5 });
  for (const [name, values] of shallow) assertEquals(deep.get(name), values);
  assertNotEquals(
    shallow.get("stage1/unit1/conv1/kernel"),
    shallow.get("stage1/unit1/conv2/kernel"),
  );
});

Deno.test("initialise() draws kernels of variance 2 / fan-in", () => {
  const network = cifarResNet({ depth: 20 });
  const values = initialise(network, { seed: 1 });
  for (const { name, role, fanIn } of tensorSpecs(network)) {
    const tensor = values.get(name)!;
    const mean = tensor.reduce((a, b) => a + b, 0) / tensor.length;
    const square = tensor.reduce((a, b) => a + b * b, 0) / tensor.length;
    if (role === "kernel") {
      // Three standard errors of the mean, and of the variance.
      const variance = 2 / fanIn;
      const error = 3 / Math.sqrt(tensor.length);
      assertAlmostEquals(mean, 0, error * Math.sqrt(variance) + 1e-9, name);
      assertAlmostEquals(
        square,
        variance,
        1.5 * error * variance * Math.SQRT2,
        name,
      );
    } else {
      const ones = role === "scale" || role === "runningVariance";
      assert(tensor.every((value) => value === (ones ? 1 : 0)), name);
    }
  }
  assertEquals(initialise(network, { seed: 1 }), values);
});

Deno.test("a residual network whose last scales are 0 is its stem", () => {
  const network = cifarResNet({ depth: 20 });
  const values = initialise(network, { seed: 2 });
  values.forEach((v, name) => name.endsWith("norm2/scale") && v.fill(0));
  const model = new Model(network, values);
  const outputs = new Map<string, tf.Tensor>();
  model.logits(images(2), {
    observe: (path, output) => outputs.set(path, tf.keep(output.clone())),
  });
  const stem = outputs.get("relu")!;
  const last = outputs.get("stage1/unit3/relu2")!;
  assertEquals(last.dataSync(), stem.dataSync());
  tf.dispose([...outputs.values()]);
  model.dispose();
});

Deno.test("a gate that is shut carries its input, one that is open transforms it", () => {
  const unit = (gates: "both" | "shortcut", initialBias: number) =>
    gated("unit", {
      body: [relu("relu")],
      gate: [
        convolution("gate", 3, 1, { bias: true, initialBias }),
        activation("sigmoid", "sigmoid"),
      ],
      gates,
    });
  const x = tf.randomNormal([1, 4, 4, 3], 0, 1, "float32", 3) as tf.Tensor4D;
  const cases = [
    ["both", -100, x],
    ["both", 100, tf.relu(x)],
    ["shortcut", -100, tf.add(tf.relu(x), x)],
    ["shortcut", 100, tf.relu(x)],
  ] as const;
  for (const [gates, bias, expected] of cases) {
    const network: Network = {
      name: "gated",
      input: [4, 4, 3],
      layers: [unit(gates, bias)],
    };
    const model = build(network, { seed: 0 });
    assertEquals(model.logits(x).dataSync(), expected.dataSync());
    model.dispose();
  }
});

Deno.test("scales and branches come out as their definitions say", () => {
  const network: Network = {
    name: "branches",
    input: [2, 2, 3],
    layers: [
      concatenation("join", [[], [scale("half", 0.5), relu("relu")], [
        scale("back", -1),
      ]]),
    ],
  };
  const model = build(network, { seed: 0 });
  const x = tf.randomNormal([2, 2, 2, 3], 0, 1, "float32", 3) as tf.Tensor4D;
  const values = model.logits(x).dataSync();
  const pixels = x.reshape([8, 3]).arraySync() as number[][];
  assertEquals(
    values,
    Float32Array.from(pixels.flatMap((pixel) => [
      ...pixel,
      ...pixel.map((value) => 0.5 * Math.max(value, 0)),
      ...pixel.map((value) => -value),
    ])),
  );
  [model, x].forEach((used) => used.dispose());
});

Deno.test("Model.logits() never gives back the images themselves", () => {
  const network: Network = { name: "nothing", input: [2, 2, 3], layers: [] };
  const model = build(network, { seed: 0 });
  const x = tf.ones([1, 2, 2, 3]) as tf.Tensor4D;
  model.logits(x).dispose();
  assertEquals(x.dataSync(), new Float32Array(12).fill(1));
  [model, x].forEach((used) => used.dispose());
});

Deno.test("Model.logits() and forwardUntil() refuse what are no images of the network", () => {
  const model = build(cifarPlain({ depth: 8 }), { seed: 0 });
  for (
    const shape of [[32, 32, 3], [1, 3072], [0, 32, 32, 3], [1, 32, 32, 1]]
  ) {
    const x = tf.zeros<tf.Rank>(shape as [number]) as tf.Tensor4D;
    const message =
      `Expected images for plain-8 to have the shape [batch, 32, 32, 3], of at least one image, but found [${
        shape.join(", ")
      }]`;
    assertThrows(() => model.logits(x), Error, message);
    assertThrows(() => forwardUntil(model, x, "conv"), Error, message);
    x.dispose();
  }
  model.dispose();
});

Deno.test("identitySolution() gives the deeper network the same outputs", async () => {
  for (const describe of [cifarPlain, cifarResNet]) {
    const shallow = build(describe({ depth: 8 }), { seed: 4 });
    // Running statistics as after some training.
    const x = images(8);
    shallow.logits(x, { training: true }).dispose();
    const deep = await identitySolution(shallow, describe({ depth: 26 }));
    const logits = shallow.logits(x);
    const scale = tf.max(tf.abs(logits)).dataSync()[0]!;
    const difference = await outputDifference(shallow, deep, x);
    assert(difference < 1e-5 * scale, `${difference} of ${scale}`);
    [shallow, deep, x, logits].forEach((used) => used.dispose());
  }
});

Deno.test("identitySolution() refuses a network that lacks layers", async () => {
  const shallow = build(cifarPlain({ depth: 14 }), { seed: 0 });
  let message = "";
  try {
    await identitySolution(shallow, cifarPlain({ depth: 8 }));
  } catch (error) {
    message = String(error);
  }
  assert(message.includes("Expected plain-8 to have all layers of plain-14"));
  shallow.dispose();
});

Deno.test("identitySolution() finds the end of any residual body", async () => {
  const network = (units: number): Network => ({
    name: `pre-activation-${units}`,
    input: [8, 8, 4],
    layers: Array.from({ length: units }, (_, i) =>
      residual(`unit${i}`, [
        batchNorm("norm"),
        relu("relu"),
        convolution("conv", 4, 3, { bias: true }),
      ])),
  });
  const values = initialise(network(2), { seed: 0 });
  values.forEach((v, name) => name.endsWith("shift") && v.fill(0.5));
  const shallow = new Model(network(2), values);
  const deep = await identitySolution(shallow, network(4));
  const x = tf.randomNormal([2, 8, 8, 4], 0, 1, "float32", 6) as tf.Tensor4D;
  assertEquals(await outputDifference(shallow, deep, x), 0);
  [shallow, deep, x].forEach((used) => used.dispose());
});

Deno.test("Model refuses two operations of the same path", () => {
  const conv = convolution("conv", 3, 3);
  const network: Network = {
    name: "twice",
    input: [8, 8, 3],
    layers: [residual("unit", [conv], [conv])],
  };
  assertThrows(
    () => build(network, { seed: 0 }),
    RangeError,
    "Expected each operation of twice to have a path of its own but found unit/conv twice",
  );
});

Deno.test("the stem and head of the ImageNet networks run", () => {
  const network: Network = {
    name: "stem",
    input: [15, 15, 3],
    layers: [
      convolution("conv", 8, 7, { stride: 2 }),
      batchNorm("norm1"),
      relu("relu"),
      maxPool("pool", 3, { stride: 2, padding: 1 }),
      flatten("flatten"),
      dense("hidden", 6),
      batchNorm("norm2"),
      activation("tanh", "tanh"),
    ],
  };
  const model = build(network, { seed: 0 });
  const x = tf.randomNormal([4, 15, 15, 3], 0, 1, "float32", 7) as tf.Tensor4D;
  for (const training of [true, false]) {
    const y = model.logits(x, { training });
    assertEquals(y.shape, [4, 6]);
    assert(y.dataSync().every(Number.isFinite));
  }
  [model, x].forEach((used) => used.dispose());
});

Deno.test("Model names values that are missing or of another size", () => {
  const network = cifarPlain({ depth: 8 });
  const values = initialise(network, { seed: 0 });
  values.set("classifier/bias", new Float32Array(3));
  assertThrows(
    () => new Model(network, values),
    Error,
    "Expected 10 values for classifier/bias but found 3",
  );
});
