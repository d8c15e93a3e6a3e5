import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { alexNet } from "../../lib/networks/alexnet.ts";
import { googLeNet } from "../../lib/networks/googlenet.ts";
import { imageNetPlain, imageNetResNet } from "../../lib/networks/imagenet.ts";
import { initialise } from "../../lib/networks/initialise.ts";
import type { Initialiser } from "../../lib/networks/initialisers.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { layers } from "../../lib/networks/layers.ts";
import { build, Model } from "../../lib/networks/model.ts";
import { preluNet } from "../../lib/networks/prelu_net.ts";
import { mapLayers } from "../../lib/networks/variants.ts";
import { vgg } from "../../lib/networks/vgg.ts";
import { zfNet } from "../../lib/networks/zfnet.ts";
import { momentumUpdate } from "../../lib/ops/momentum_update.ts";
import { softmaxCrossEntropy } from "../../lib/ops/softmax_cross_entropy.ts";

await useBackend({ name: "tensorflow", quiet: true });

/** Of He's variance, and made at once: for networks of millions of values. */
const patterned: Initialiser = {
  name: "patterned",
  draw({ shape, fanIn }) {
    const bound = Math.sqrt(6 / fanIn);
    const size = shape.reduce((a, b) => a * b, 1);
    // Multiples of the golden ratio spread evenly between 0 and 1.
    return new Float32Array(size).map((_, i) =>
      bound * (2 * ((i * 0.6180339887) % 1) - 1)
    );
  },
};

function images({ input }: Network): tf.Tensor4D {
  return tf.randomNormal([2, ...input], 0, 1, "float32", 5);
}

const small = { imageSize: 64, classes: 10 } as const;

const FAMILIES: readonly Network[] = [
  imageNetPlain({ depth: 18, ...small }),
  imageNetResNet({ depth: 18, shortcut: "A", ...small }),
  imageNetResNet({ depth: 18, shortcut: "C", ...small }),
  imageNetResNet({ depth: 50, ...small }),
  imageNetResNet({ depth: 50, stride: "v1.5", ...small }),
  imageNetResNet({ depth: 18, activation: "preActivation", ...small }),
  imageNetResNet({ depth: 50, activation: "preActivation", ...small }),
  googLeNet(small),
  withFewFeatures(vgg({ depth: 16, ...small })),
  withFewFeatures(preluNet(small)),
  withFewFeatures(alexNet(small)),
  withFewFeatures(zfNet(small)),
];

/** Without what is large and makes no difference here: 4096 features. */
function withFewFeatures(network: Network): Network {
  return mapLayers(
    network,
    (layer) => layer.kind === "dense" ? { ...layer, units: 10 } : layer,
  );
}

for (const network of FAMILIES) {
  Deno.test(`${network.name} runs as described`, () => {
    tf.engine().startScope();
    const values = initialise(network, { seed: 0, initialiser: patterned });
    const model = new Model(network, values);
    const shapes = new Map<string, number[]>();
    const logits = model.logits(images(network), {
      observe: (path, output) => shapes.set(path, output.shape),
    });
    assertEquals(logits.shape, [2, 10]);
    const read = logits.dataSync();
    assert(read.every(Number.isFinite), `${read}`);
    assert(read.some((value) => value !== read[0]), `${read}`);
    for (const { name, output } of layers(network)) {
      assertEquals(shapes.get(name), [2, ...output], name);
    }
    model.dispose();
    tf.engine().endScope();
  });
}

Deno.test("ResNet-50 learns two small images", () => {
  tf.engine().startScope();
  const network = imageNetResNet({ depth: 50, ...small });
  const model = build(network, { seed: 0 });
  const x = images(network);
  const labels = tf.tensor1d([3, 7], "int32");
  const learned = model.variables.filter(({ trainable }) => trainable);
  const velocities = learned.map((variable) =>
    tf.variable(tf.zerosLike(variable), false)
  );
  const options = {
    learningRate: tf.scalar(0.001),
    momentum: 0.9,
    weightDecay: 1e-4,
  };
  const losses = Array.from({ length: 2 }, () => {
    const { value, grads } = tf.variableGrads(
      () => softmaxCrossEntropy(model.logits(x, { training: true }), labels),
      learned,
    );
    learned.forEach((variable, i) => {
      const gradient = grads[variable.name]!;
      const largest = tf.max(tf.abs(gradient)).dataSync()[0]!;
      assert(Number.isFinite(largest), model.specs[i]!.name);
      momentumUpdate(variable, velocities[i]!, gradient, options);
    });
    return value.dataSync()[0]!;
  });
  assert(losses[1]! < losses[0]!, `${losses}`);
  velocities.forEach((velocity) => velocity.dispose());
  model.dispose();
  tf.engine().endScope();
});
