import { assert, assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { cifarHighway } from "../../lib/networks/cifar_highway.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { glorotBengio } from "../../lib/networks/glorot_bengio.ts";
import { highway } from "../../lib/networks/highway.ts";
import { initialise } from "../../lib/networks/initialise.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import {
  withConstantScaling,
  withConvolutionShortcuts,
  withDropoutShortcuts,
  withExclusiveGating,
  withShortcutOnlyGating,
} from "../../lib/networks/shortcut_variants.ts";
import { softmaxCrossEntropy } from "../../lib/ops/softmax_cross_entropy.ts";

await useBackend({ name: "tensorflow", quiet: true });

const small = cifarResNet({ depth: 8 });

/** One of each kind, small. */
const NETWORKS: Network[] = [
  small,
  ...(
    [
      "batchNormAfterAddition",
      "reluBeforeAddition",
      "reluOnlyPreActivation",
      "preActivation",
    ] as const
  ).flatMap((activation) => [
    cifarResNet({ depth: 8, activation }),
    cifarResNet({ depth: 11, unit: "bottleneck", activation }),
    cifarResNet({ depth: 8, unit: "single", shortcut: "C", activation }),
  ]),
  withConstantScaling(small, { shortcut: 0.5, body: 0.5 }),
  withExclusiveGating(small, { initialBias: -6 }),
  withShortcutOnlyGating(small, { initialBias: -6 }),
  withConvolutionShortcuts(small),
  withDropoutShortcuts(small),
  highway({ hiddenLayers: 4 }),
  cifarHighway({ highwayLayers: [1, 1, 1] }),
  glorotBengio({ hiddenLayers: 2, activation: "softsign", units: 20 }),
];

for (const network of NETWORKS) {
  Deno.test(`${network.name}: the same seed is bit-equal, another one is not`, () => {
    const [first, again, other] = [7, 7, 8].map((seed) =>
      initialise(network, { seed })
    );
    assertEquals(first, again);
    const name = [...first!.keys()].find((name) => name.endsWith("kernel"))!;
    assertNotEquals(first!.get(name), other!.get(name));
  });

  Deno.test(`${network.name}: runs, and each tensor that it learns has a gradient`, () => {
    const model = build(network, { seed: 7 });
    const images = tf.randomNormal([4, 32, 32, 3], 0, 1, "float32", 1);
    const labels = tf.tensor1d([0, 3, 9, 3], "int32");
    const dropoutSeed = tf.tensor1d([1, 2], "int32");
    const { value, grads } = tf.variableGrads(() => {
      const x = images as tf.Tensor4D;
      const logits = model.logits(x, { training: true, dropoutSeed });
      assertEquals(logits.shape, [4, 10]);
      return softmaxCrossEntropy(logits, labels);
    });
    assert(Number.isFinite(value.dataSync()[0]));
    for (const { name, trainable } of model.specs) {
      if (!trainable) continue;
      const gradient = grads[model.tensor(name).name]!.dataSync();
      assert(gradient.every(Number.isFinite), name);
      assert(gradient.some((slope) => slope !== 0), name);
    }
    tf.dispose([value, ...Object.values(grads)]);
    model.dispose();
  });
}
