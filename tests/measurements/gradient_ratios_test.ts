import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { activations } from "../../lib/measurements/activations.ts";
import {
  gradientRatios,
  silenceBodies,
} from "../../lib/measurements/gradient_ratios.ts";
import { relativeDifference } from "../../lib/measurements/relative_difference.ts";
import { cifarPlain } from "../../lib/networks/cifar.ts";
import { build } from "../../lib/networks/model.ts";
import { residualTower } from "../../lib/networks/residual_tower.ts";
import { withConstantScaling } from "../../lib/networks/shortcut_variants.ts";
import { noiseImages } from "../small_examples.ts";
import { linearModel } from "./by_hand.ts";

await useBackend({ name: "tensorflow", quiet: true });

const { images, labels } = noiseImages();

Deno.test("gradientRatios() of a linear network are those by hand", async () => {
  // x_1 = 2 x_0 + 3 x_0, x_2 = 0.5 x_1 - x_1.
  const model = linearModel();
  const x = tf.tensor4d([0.2], [1, 1, 1, 1]);
  const label = tf.tensor1d([0], "int32");
  const ratiosOf = async () =>
    (await gradientRatios(model, x, label)).map((row) => ({
      ...row,
      ratio: Math.round(row.ratio * 1e5) / 1e5,
    }));
  assertEquals(await ratiosOf(), [
    { from: "second", units: 0, factor: 1, ratio: 1 },
    { from: "first", units: 1, factor: 0.5, ratio: 0.5 }, // |0.5 - 1|
    { from: "start", units: 2, factor: 1, ratio: 2.5 }, // |5 * -0.5|
  ]);
  assertEquals(silenceBodies(model), 2);
  assertEquals((await ratiosOf()).map(({ ratio }) => ratio), [1, 0.5, 1]);
  model.dispose();
});

Deno.test("gradientRatios() reads gradients whose squares are below single precision", async () => {
  const tower = residualTower({ units: 12 });
  const network = withConstantScaling(tower, { shortcut: 0.01, body: 1 });
  const model = build(network, { seed: 0 });
  silenceBodies(model);
  const { ratio } = (await gradientRatios(model, images, labels)).at(-1)!;
  assert(Math.abs(ratio / 1e-24 - 1) < 1e-3, `${ratio}`);
  model.dispose();
});

for (const activation of ["original", "preActivation"] as const) {
  Deno.test(`silenceBodies() leaves the shortcuts: ${activation}`, async () => {
    const model = build(residualTower({ units: 3, activation }), {
      seed: 0,
    });
    assertEquals(silenceBodies(model), 3);
    const paths = [
      activation === "original" ? "relu" : "tower/unit1/relu1",
      "tower/unit1",
      "tower/unit3",
    ];
    const outputs = activations(model, images, paths, { training: true });
    const [start, ...after] = await Promise.all(
      paths.map((path) => outputs.get(path)!.data()),
    );
    assert(Math.max(...start!) > 0.5);
    for (const values of after) assertEquals(values, start);
    model.dispose();
  });
}

Deno.test("gradientRatios() and silenceBodies() say what they cannot do", async () => {
  const plain = build(cifarPlain({ depth: 8 }), { seed: 0 });
  await assertRejects(
    () => gradientRatios(plain, images, labels),
    Error,
    "Expected units with identity shortcuts but found none in plain-8",
  );
  const relu = build(
    residualTower({ units: 1, activation: "reluBeforeAddition" }),
    { seed: 0 },
  );
  assertThrows(
    () => silenceBodies(relu),
    Error,
    "Expected a kernel or a scale at tower/unit1/relu2 but found none",
  );
});

Deno.test("relativeDifference() is the norm of the difference, as a part", async () => {
  const tower = residualTower({ units: 1 });
  const [a, b] = [
    build(tower, { seed: 0 }),
    build(tower, { seed: 0 }),
  ];
  const before = await a.values();
  assertEquals(await relativeDifference(a, b, images), 0);
  const kernel = b.tensor("classifier/kernel");
  kernel.assign(tf.mul(kernel, 3)); // logits three times as large; biases are 0
  for (const training of [false, true]) {
    const off = await relativeDifference(a, b, images, { training });
    assert(Math.abs(off - 2) < 1e-5, `${off}`);
    const back = await relativeDifference(b, a, images, { training });
    assert(Math.abs(back - 2 / 3) < 1e-5, `${back}`);
  }
  assertEquals(await a.values(), before);
});
