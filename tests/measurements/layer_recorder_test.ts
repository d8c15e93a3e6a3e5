import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { LayerRecorder } from "../../lib/measurements/layer_recorder.ts";
import { glorotBengio } from "../../lib/networks/glorot_bengio.ts";
import { activation, dense, flatten } from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { firstImages } from "../../lib/training/first_images.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { train } from "../../lib/training/train.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertAllClose, modelOf } from "./by_hand.ts";

/** A layer of two tanh, with two images. */
function tanhExample() {
  return {
    model: modelOf([1, 1, 2], [
      flatten("flatten"),
      activation("tanh", "tanh"),
      dense("classifier", 2),
    ], { "classifier/kernel": [1, -1, 2, 0] }),
    images: tf.tensor4d([0.1, -0.3, 2, 4], [2, 1, 1, 2]),
    labels: tf.tensor1d([0, 1], "int32"),
  };
}

testOnEachBackend(
  "LayerRecorder records activations and gradients, by hand",
  async () => {
    const { model, images, labels } = tanhExample();
    const tensors = tf.memory().numTensors;
    const bins = { low: -1, high: 1, count: 2 };
    const recorder = new LayerRecorder(images, labels, {
      activationBins: bins,
    });
    await recorder.record(model, 7);
    assertEquals(tf.memory().numTensors, tensors);
    const [record] = recorder.records;
    assertEquals(record?.step, 7);
    assertEquals(record?.layers.map(({ path }) => path), ["tanh"]);
    const { activations, gradients, gradientNorm, saturation } = record!
      .layers[0]!;

    const rows = [[0.1, -0.3], [2, 4]].map((row) => row.map(Math.tanh));
    const values = rows.flat();
    const mean = values.reduce((a, b) => a + b) / 4;
    const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 4;
    assertAllClose([activations.mean, activations.deviation], [
      mean,
      Math.sqrt(square),
    ]);
    assertEquals(activations.histogram.shares, [0.25, 0.75]);
    assertEquals(saturation, { low: 0, high: 0.5 });

    // dE/dz of the logits is (softmax - one-hot) / 2; the kernel turned round.
    const slopes = rows.flatMap(([a, b], i) => {
      const logits = [a! + 2 * b!, -a!];
      const sum = Math.exp(logits[0]!) + Math.exp(logits[1]!);
      const [first, second] = logits.map((logit, j) =>
        (Math.exp(logit) / sum - Number(i === j)) / 2
      );
      return [first! - second!, 2 * first!];
    });
    const norm = Math.hypot(...slopes);
    assertAllClose([gradientNorm], [norm]);
    const slope = slopes.reduce((a, b) => a + b) / 4;
    assertAllClose([gradients.mean, gradients.deviation ** 2], [
      slope,
      norm ** 2 / 4 - slope ** 2,
    ]);
    model.dispose();
  },
);

Deno.test("LayerRecorder follows a training by its onProgress", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  const dataset = syntheticImages({
    trainCount: 40,
    testCount: 10,
    height: 4,
    width: 4,
  });
  const network = glorotBengio({
    hiddenLayers: 2,
    units: 10,
    activation: "relu",
    input: [4, 4, 3],
  });
  const { images, labels } = firstImages(dataset, 20);
  const recorder = new LayerRecorder(images, labels);
  const { model } = await train({
    network,
    dataset,
    seed: 1,
    recipe: paperRecipe({ steps: 4, batchSize: 10, learningRate: 0.02 }),
    pointEvery: 2,
    onProgress: recorder.onProgress,
  });
  assertEquals(recorder.records.map(({ step }) => step), [2, 4]);
  const [early, late] = recorder.records;
  assertEquals(early!.layers.map(({ path }) => path), [
    "activation1",
    "activation2",
  ]);
  assert(early!.layers.every(({ saturation }) => saturation === undefined));
  // It saw the network that is trained: the last record is of the final one.
  assertEquals((await recorder.record(model, 4)).layers, late!.layers);
  assert(
    early!.layers[0]!.activations.mean !== late!.layers[0]!.activations.mean,
  );
  model.dispose();
});

Deno.test("LayerRecorder names a layer that is none", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  const network = glorotBengio({
    hiddenLayers: 1,
    units: 2,
    activation: "tanh",
  });
  const model = build(network, { seed: 0 });
  const images = tf.zeros([1, 32, 32, 3]) as tf.Tensor4D;
  const recorder = new LayerRecorder(images, tf.tensor1d([0], "int32"), {
    paths: ["activation2"],
  });
  await assertRejects(
    () => recorder.record(model, 0),
    Error,
    "Expected the path of a layer of tanh-1, 2 units but found activation2",
  );
  assertEquals(recorder.records, []);
  model.dispose();
});

Deno.test("LayerRecorder leaves nothing when the gradients fail", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  const { model, images, labels } = tanhExample();
  // Only gradients are asked for by the network's parameters.
  Object.defineProperty(model, "specs", {
    get() {
      throw new Error("no gradients");
    },
  });
  const before = tf.memory().numTensors;
  const recorder = new LayerRecorder(images, labels);
  await assertRejects(
    () => recorder.record(model, 0),
    Error,
    "no gradients",
  );
  assertEquals(tf.memory().numTensors, before);
  tf.dispose([images, labels]);
  model.dispose();
});
