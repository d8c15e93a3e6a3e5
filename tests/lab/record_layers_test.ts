import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { recordLayers } from "../../lib/lab/record_layers.ts";
import { activations } from "../../lib/measurements/activations.ts";
import { glorotBengio } from "../../lib/networks/glorot_bengio.ts";
import { standardUniform } from "../../lib/networks/initialisers.ts";
import { build } from "../../lib/networks/model.ts";
import { firstImages } from "../../lib/training/first_images.ts";

await useBackend({ name: "tensorflow", quiet: true });

const size = { height: 4, width: 4 };
const dataset = syntheticImages({ trainCount: 60, testCount: 30, ...size });
const network = glorotBengio({
  ...{ hiddenLayers: 2, units: 8, activation: "tanh" },
  input: [4, 4, 3],
});

Deno.test("recordLayers() looks at the test images, from before the first step", async () => {
  const before = tf.memory().numTensors;
  const options = { dataset, images: 30, seed: 3, recipe: { steps: 6 } };
  const run = await recordLayers(network, { ...options, points: 3 });
  assertEquals(tf.memory().numTensors, before);
  assertEquals(run.name, "tanh-2, 8 units");
  assertEquals(run.records.map(({ step }) => step), [0, 2, 4, 6]);
  assertEquals(run.curves.train.map(({ step }) => step), [2, 4, 6]);
  assertEquals(run.stoppedBy, "steps");

  const initialiser = standardUniform();
  const model = build(network, { seed: 3, initialiser });
  const { images } = firstImages(dataset, 30, { on: "test" });
  const output = activations(model, images, ["activation2"]);
  const values = Array.from(await output.get("activation2")!.data());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [atStart, ...later] = run.records;
  assertAlmostEquals(atStart!.layers[1]!.activations.mean, mean, 1e-6);
  assert(later[0]!.layers[1]!.activations.mean !== mean, "it learned nothing");
  model.dispose();
});

Deno.test("recordLayers() gives the figure all records so far", async () => {
  const seen: number[] = [];
  await recordLayers(network, {
    ...{ dataset, images: 10, points: 2, recipe: { steps: 4 } },
    draw(records, steps) {
      seen.push(records.length, steps);
      return { data: [] };
    },
  });
  assertEquals(seen.slice(-2), [3, 4]);
});

Deno.test("recordLayers() asks for test images that there are", async () => {
  await assertRejects(
    () => recordLayers(network, { dataset, images: 31 }),
    RangeError,
    "from 1 to 30 but found 31",
  );
});

Deno.test("firstImages() of the test images has the training images' mean", async () => {
  const { images, labels } = firstImages(dataset, 2, { on: "test" });
  assertEquals(
    [...await labels.data()],
    [...dataset.test.labels.subarray(0, 2)],
  );
  const pixels = 4 * 4 * 3;
  const { images: bytes, count } = dataset.train;
  let mean = 0;
  for (let i = 0; i < count; i++) mean += bytes[i * pixels + 5]! / count;
  const value = (await images.data())[pixels + 5]!;
  const expected = (dataset.test.images[pixels + 5]! - mean) / 255;
  assertAlmostEquals(value, expected, 1e-6);
});
