import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../lib/data/dataset.ts";
import { splitTrainValidation } from "../../lib/data/split.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import {
  convolution,
  flatten,
  type Network,
  scale,
} from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { glorotBengio } from "../../lib/networks/glorot_bengio.ts";
import { classify } from "../../lib/training/classify.ts";
import {
  countMistakes,
  countOutsideTop,
} from "../../lib/training/count_mistakes.ts";
import { evaluate } from "../../lib/training/evaluate.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { testOnEachBackend } from "../on_each_backend.ts";

/** Its logits are the image's values, so that the test says what it takes. */
const READS_LOGITS: Network = {
  name: "reads logits",
  input: [1, 6, 1],
  layers: [scale("scale", 255), flatten("flatten")],
};

const SMALL = glorotBengio({
  hiddenLayers: 1,
  units: 8,
  activation: "relu",
  input: [4, 4, 3],
});

/** Images of 6 pixels, which are the logits less the mean image. */
function dataset(rows: number[][], labels: number[]): Dataset {
  const images = {
    images: Uint8Array.from(rows.flat()),
    labels: Uint8Array.from(labels),
    count: rows.length,
  };
  const train = {
    images: new Uint8Array(6),
    labels: new Uint8Array(1),
    count: 1,
  };
  return {
    name: "six",
    height: 1,
    width: 6,
    channels: 1,
    classes: ["a", "b", "c", "d", "e", "f"],
    train,
    test: images,
    checksum: "sha256:0",
    source: "by hand",
  };
}

testOnEachBackend(
  "classify() counts what is taken for what, by hand",
  async () => {
    const rows = [
      [9, 1, 2, 3, 4, 5], // taken for a: right
      [9, 1, 2, 3, 4, 5], // b is the smallest: outside the first five
      [9, 1, 2, 3, 4, 5], // c is the fifth
      [0, 7, 7, 0, 0, 0], // b and c alike: taken for b, the lower
      [3, 3, 3, 3, 3, 3], // f is the last of equals
    ];
    const data = dataset(rows, [0, 1, 2, 2, 5]);
    const model = build(READS_LOGITS, { seed: 0 });
    const before = tf.memory().numTensors;
    const { confusion, error, top5Error, images, loss } = await classify(
      model,
      data,
    );
    assertEquals(tf.memory().numTensors, before);
    assertEquals(images, 5);
    assertEquals(error, 80);
    assertEquals(top5Error, 40);
    assertEquals(confusion, [
      [1, 0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0, 0],
      [1, 1, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0, 0],
    ]);
    const losses = rows.map((row, i) => {
      const sum = row.reduce((sum, logit) => sum + Math.exp(logit), 0);
      return Math.log(sum) - row[[0, 1, 2, 2, 5][i]!]!;
    });
    assertAlmostEquals(loss, losses.reduce((a, b) => a + b) / 5, 1e-4);
  },
);

testOnEachBackend(
  "classify() and evaluate() agree over several mini-batches",
  async () => {
    const data = syntheticImages({
      trainCount: 20,
      testCount: 130,
      height: 4,
      width: 4,
    });
    const model = build(SMALL, { seed: 3 });
    const all = await classify(model, data);
    const simple = await evaluate(model, data);
    assertAlmostEquals(all.error, simple.error, 1e-9);
    assertAlmostEquals(all.loss, simple.loss, 1e-4);
    const rows = all.confusion.map((row) => row.reduce((a, b) => a + b));
    const counts = rows.map((_, label) =>
      data.test.labels.filter((one) => one === label).length
    );
    assertEquals(rows, counts);
    const trained = await classify(model, data, 7, { on: "train" });
    assertEquals(trained.images, 7);
    const cut = await classify(model, data, 130, { stopRequested: () => true });
    assertEquals(cut.images, 100);
    model.dispose();
  },
);

testOnEachBackend("countOutsideTop() never counts NaN as right", async () => {
  const logits = tf.tensor2d([[NaN, NaN, NaN], [1, NaN, 0], [2, 1, 0]]);
  const labels = tf.tensor1d([0, 0, 0], "int32");
  assertEquals((await countOutsideTop(logits, labels, 1).data())[0], 2);
});

testOnEachBackend(
  "classify() refuses a network of too few classes",
  async () => {
    const narrow: Network = {
      name: "narrow",
      input: [1, 6, 1],
      layers: [convolution("conv", 1, 1, { stride: 2 }), flatten("flatten")],
    };
    const model = build(narrow, { seed: 0 });
    await assertRejects(
      () => classify(model, dataset([[0, 0, 0, 0, 0, 0]], [0])),
      RangeError,
      "Expected narrow to have an output for each of the 6 classes of six but found 3",
    );
    await assertRejects(
      () => evaluate(model, dataset([[0, 0, 0, 0, 0, 0]], [0])),
      RangeError,
      "Expected narrow to have an output for each of the 6 classes of six but found 3",
    );
    await assertRejects(
      () => classify(build(READS_LOGITS, { seed: 0 }), dataset([], []), 1),
      RangeError,
      "Expected count to be an integer from 1 to 0 but found 1",
    );
  },
);

testOnEachBackend("countMistakes() counts NaN as a mistake too", async () => {
  const logits = tf.tensor2d([[NaN, NaN, NaN], [1, NaN, 0], [2, 1, 2]]);
  const labels = tf.tensor1d([0, 0, 0], "int32");
  assertEquals((await countMistakes(logits, labels).data())[0], 2);
});

testOnEachBackend(
  "classify() and evaluate() judge the images that a recipe sets aside",
  async () => {
    const data = syntheticImages({
      trainCount: 30,
      testCount: 10,
      height: 4,
      width: 4,
    });
    const recipe = { ...paperRecipe({ steps: 1 }), validationImages: 12 };
    const { train, validation } = splitTrainValidation(data.train, 12);
    const model = build(SMALL, { seed: 3 });
    for (const judge of [evaluate, classify]) {
      const of = (images: typeof train) =>
        judge(model, { ...data, train, test: images });
      const all = undefined;
      const found = {
        test: await judge(model, data, all, { recipe }),
        train: await judge(model, data, all, { recipe, on: "train" }),
        validation: await judge(model, data, all, { recipe, on: "validation" }),
      };
      assertEquals(found.test, await of(data.test));
      assertEquals(found.train, await of(train));
      assertEquals(found.validation, await of(validation));
      assert(found.test.loss !== (await judge(model, data)).loss);
      await assertRejects(
        () => judge(model, data, all, { on: "validation" }),
        Error,
        "Expected a recipe that sets validation images aside but found none",
      );
    }
    model.dispose();
  },
);
