import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { activations } from "../../lib/measurements/activations.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { forwardUntil } from "../../lib/networks/forward_until.ts";
import { build } from "../../lib/networks/model.ts";

await useBackend({ name: "tensorflow", quiet: true });

const PATHS = ["stage3", "stage1/unit1", "stage2/unit1/conv2", "pool", ""];

function images(): tf.Tensor4D {
  return tf.randomNormal([3, 32, 32, 3], 0, 1, "float32", 2);
}

Deno.test("activations() gives the outputs of layers, in the order asked for", () => {
  const model = build(cifarResNet({ depth: 8 }), { seed: 1 });
  const x = images();
  const before = tf.memory().numTensors;
  const outputs = activations(model, x, [...PATHS, "pool"]);
  assertEquals(tf.memory().numTensors, before + PATHS.length);
  assertEquals([...outputs.keys()], PATHS);
  for (const [path, output] of outputs) {
    assertEquals(
      output.dataSync(),
      forwardUntil(model, x, path).dataSync(),
      path,
    );
  }
  model.dispose();
});

Deno.test("activations() in training mode leaves the model as it is", async () => {
  const model = build(cifarResNet({ depth: 8 }), { seed: 1 });
  const before = await model.values();
  const x = images();
  const trained = activations(model, x, ["norm"], { training: true });
  assertEquals(await model.values(), before);
  // The mini-batch's own statistics: mean 0 and variance 1 in each channel.
  const { mean, variance } = tf.moments(trained.get("norm")!, [0, 1, 2]);
  assert(mean.dataSync().every((value) => Math.abs(value) < 1e-4));
  assert(variance.dataSync().every((value) => Math.abs(value - 1) < 1e-3));
  model.dispose();
});

Deno.test("activations() names a path that is none, and runs nothing", () => {
  const model = build(cifarResNet({ depth: 8 }), { seed: 1 });
  const x = images();
  const before = tf.memory().numTensors;
  assertThrows(
    () => activations(model, x, ["relu", "stage4"]),
    Error,
    "Expected the path of a layer of ResNet-8 but found stage4",
  );
  assertEquals(tf.memory().numTensors, before);
  model.dispose();
});
