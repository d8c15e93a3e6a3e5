import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { firstToLast, kernelGrowth, normsOf } from "../../lib/lab/norms_of.ts";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { build } from "../../lib/networks/model.ts";

await useBackend({ name: "tensorflow", quiet: true });

const images = tf.randomNormal(
  [16, 32, 32, 3],
  0,
  1,
  "float32",
  5,
) as tf.Tensor4D;
const labels = tf.tensor1d(Int32Array.from({ length: 16 }, (_, i) => i % 10));

Deno.test("normsOf() has a norm for each weighted layer, from the image on", async () => {
  const models = [cifarPlain, cifarResNet].map((describe) =>
    build(describe({ depth: 8 }), { seed: 0 })
  );
  const found = await normsOf(models, images, labels);
  assertEquals(found.map(({ name }) => name), ["plain-8", "ResNet-8"]);
  for (const { norms, layers } of found) {
    assertEquals([norms.length, layers!.length], [8, 8]);
    assert(norms.every((norm) => norm > 0 && norm < Infinity));
    assertEquals([layers![0], layers![7]], ["conv", "classifier"]);
  }
  models.forEach((model) => model.dispose());
});

Deno.test("a kernel before batch normalisation has a gradient of 1 / its scale", async () => {
  const model = build(cifarPlain({ depth: 8 }), { seed: 0 });
  const [before] = await normsOf([model], images, labels);
  const kernel = model.tensor("stage2/unit1/conv1/kernel");
  kernel.assign(tf.tidy(() => tf.mul(kernel, 4)));
  const [after] = await normsOf([model], images, labels);
  const layer = before!.layers!.indexOf("stage2/unit1/conv1");
  for (const [index, norm] of after!.norms.entries()) {
    const scale = index === layer ? 4 : 1;
    assertAlmostEquals(norm / before!.norms[index]! * scale, 1, 0.01);
  }
  model.dispose();
});

Deno.test("firstToLast() compares the first convolution with the last", () => {
  assertEquals(firstToLast({ norms: [8, 4, 2, 100] }), 4);
});

Deno.test("kernelGrowth() compares kernels with what they were", () => {
  const network = cifarPlain({ depth: 8 });
  const [before, after] = [0, 0].map((seed) => build(network, { seed }));
  const kernel = after!.tensor("stage1/unit1/conv2/kernel");
  kernel.assign(tf.tidy(() => tf.mul(kernel, -3)));
  const tensors = tf.memory().numTensors;
  const growth = kernelGrowth(after!, before!);
  assertEquals(growth.map((factor) => Number(factor.toFixed(4))), [
    ...[1, 1, 3, 1],
    ...[1, 1, 1, 1],
  ]);
  assertEquals(tf.memory().numTensors, tensors);
  const other = build(cifarPlain({ depth: 14 }), { seed: 0 });
  assertThrows(
    () => kernelGrowth(other, before!),
    Error,
    "Expected a tensor of plain-8 but found stage1/unit2/conv1/kernel",
  );
  [before!, after!, other].forEach((model) => model.dispose());
});
