import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { gradientsOf } from "../../lib/measurements/gradients_of.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { forwardUntil } from "../../lib/networks/forward_until.ts";
import { build, type Model } from "../../lib/networks/model.ts";
import { softmaxCrossEntropy } from "../../lib/ops/softmax_cross_entropy.ts";
import { assertClose } from "../ops/assertions.ts";
import { noiseImages } from "../small_examples.ts";

await useBackend({ name: "tensorflow", quiet: true });

const { images, labels } = noiseImages();

function small(activation: "original" | "preActivation" = "original"): Model {
  return build(cifarResNet({ depth: 8, activation }), { seed: 1 });
}

Deno.test("gradientsOf() the logits is (softmax - one-hot) / batch", () => {
  const model = small();
  const gradients = gradientsOf(model, images, labels, ["classifier", "pool"]);
  const probabilities = tf.softmax(model.logits(images));
  const errors = tf.sub(probabilities, tf.oneHot(labels, 10));
  const expected = tf.div(errors, 4) as tf.Tensor2D;
  assertClose(gradients.get("classifier")!, expected.dataSync(), 1e-6);
  // And a matrix before it, that of the classifier turned round.
  const kernel = model.tensor<tf.Rank.R2>("classifier/kernel");
  const before = tf.matMul(expected, kernel, false, true);
  assertClose(gradients.get("pool")!, before.dataSync(), 1e-6);
  model.dispose();
});

Deno.test("gradientsOf() tensors and images are those of differentiating by them", () => {
  for (const training of [false, true]) {
    const model = small("preActivation");
    const names = ["stage2/unit1/conv1/kernel", "stage3/unit1/norm2/shift"];
    const gradients = gradientsOf(model, images, labels, ["", ...names], {
      training,
    });
    const loss = (x: tf.Tensor) =>
      softmaxCrossEntropy(
        model.logits(x as tf.Tensor4D, { training }),
        labels,
      );
    const byImages = tf.grad(loss)(images);
    const same = (actual: tf.Tensor, expected: tf.Tensor) => {
      const largest = tf.max(tf.abs(expected)).dataSync()[0]!;
      assertClose(actual, expected.dataSync(), 1e-5 * largest);
    };
    same(gradients.get("")!, byImages);
    const variables = names.map((name) => model.tensor(name));
    const { grads } = tf.variableGrads(
      () => loss(images) as tf.Scalar,
      variables,
    );
    names.forEach((name, i) =>
      same(gradients.get(name)!, grads[variables[i]!.name]!)
    );
    model.dispose();
  }
});

Deno.test("gradientsOf() a unit is what differences of the loss measure", () => {
  const model = small();
  const path = "stage2/unit1";
  const gradient = gradientsOf(model, images, labels, [path]).get(path)!;
  const shape = forwardUntil(model, images, path).shape;
  assertEquals(gradient.shape, shape);
  const lossAt = (shift: tf.Tensor) => {
    const tap = (at: string, y: tf.Tensor) =>
      at === path ? tf.add(y, shift) : y;
    return softmaxCrossEntropy(model.logits(images, { tap }), labels)
      .dataSync()[0]!;
  };
  for (const seed of [1, 2, 3]) {
    // Along the gradient, with some noise: the slope is far from 0.
    const noise = tf.randomNormal(shape, 0, 0.1, "float32", seed);
    const along = tf.add(tf.div(gradient, tf.max(tf.abs(gradient))), noise);
    const slope = tf.sum(tf.mul(gradient, along)).dataSync()[0]!;
    const step = 1e-2;
    const [up, down] = [step, -step].map((s) => lossAt(tf.mul(along, s)));
    const measured = (up! - down!) / (2 * step);
    assert(Math.abs(slope / measured - 1) < 1e-2, `${slope} ${measured}`);
  }
  model.dispose();
});

Deno.test("gradientsOf() leaves the model as it is, and no tensors behind", async () => {
  const model = small();
  const before = await model.values();
  const tensors = tf.memory().numTensors;
  const names = ["stage1", "conv/kernel", "stage1"];
  const training = { training: true };
  const gradients = gradientsOf(model, images, labels, names, training);
  assertEquals(await model.values(), before);
  assertEquals([...gradients.keys()], ["stage1", "conv/kernel"]);
  assertEquals(tf.memory().numTensors, tensors + 2);
  tf.dispose([...gradients.values()]);
  model.dispose();
});

Deno.test("gradientsOf() names what it knows no gradient of", () => {
  const model = small();
  const tensors = tf.memory().numTensors;
  for (const name of ["stage9", "norm/runningMean", "conv/bias"]) {
    assertThrows(
      () => gradientsOf(model, images, labels, [name]),
      Error,
      `Expected the path of a layer of ResNet-8 but found ${name}`,
    );
  }
  assertEquals(tf.memory().numTensors, tensors);
  model.dispose();
});
