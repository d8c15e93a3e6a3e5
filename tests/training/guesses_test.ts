import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { build } from "../../lib/networks/model.ts";
import { evaluate } from "../../lib/training/evaluate.ts";
import { guesses } from "../../lib/training/guesses.ts";
import { testOnEachBackend } from "../on_each_backend.ts";

const dataset = syntheticImages({ trainCount: 20, testCount: 12 });

testOnEachBackend(
  "guesses() agrees with evaluate(), and keeps nothing",
  async () => {
    const model = build(cifarResNet({ depth: 8 }), { seed: 0 });
    const { error } = await evaluate(model, dataset, 12);
    const before = tf.memory().numTensors;
    const found = await guesses(model, dataset, 12);
    assertEquals(tf.memory().numTensors, before);
    const wrong = found.filter(({ guess, label }) => guess !== label).length;
    assert(Math.abs(100 * wrong / 12 - error) < 1e-4);
    found.forEach(({ label, probability }, i) => {
      assertEquals(label, dataset.classes[dataset.test.labels[i]!]);
      assert(probability >= 0.1 && probability <= 1); // the largest of ten
    });
    await assertRejects(
      () => guesses(model, dataset, 13),
      RangeError,
      "1 to 12",
    );
    model.dispose();
  },
);
