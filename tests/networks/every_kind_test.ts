import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../lib/backends/jit.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { createRandom } from "../../lib/data/random.ts";
import { initialise } from "../../lib/networks/initialise.ts";
import type { Layer, Network } from "../../lib/networks/layer.ts";
import { layers } from "../../lib/networks/layers.ts";
import { Model } from "../../lib/networks/model.ts";
import { countParameters, tensorSpecs } from "../../lib/networks/parameters.ts";
import { outputShape } from "../../lib/networks/shape.ts";
import { assertClose } from "../ops/assertions.ts";
import { EVERY_KIND, IMAGE_SHAPE } from "./every_kind.ts";

await useBackend({ name: "tensorflow", quiet: true });

const BATCH = 3;
const DIFFERENCE = 1e-2;

const cases: [label: string, layer: Layer][] = Object.entries(EVERY_KIND)
  .flatMap(([kind, layers]) =>
    layers.map((layer): [string, Layer] => [`${kind} "${layer.name}"`, layer])
  );

function networkOf(layer: Layer): Network {
  return { name: layer.name, input: IMAGE_SHAPE, layers: [layer] };
}

/** A model with values that are nowhere 0 or all alike. */
function modelOf(layer: Layer): Model {
  const network = networkOf(layer);
  const values = initialise(network, { seed: 3 });
  for (const { name, role } of tensorSpecs(network)) {
    const random = createRandom(7, name.length);
    if (role === "kernel") continue;
    values.get(name)!.forEach((value, i, all) =>
      all[i] = value + 0.3 * (random.float() - 0.5)
    );
  }
  return new Model(network, values);
}

/**
 * Values that stay in their order, and on their side of 0, when each moves by
 * {@linkcode DIFFERENCE}: what differences measure has no kinks in between.
 */
function distinctImages(): tf.Tensor4D {
  const shape: [number, number, number, number] = [BATCH, ...IMAGE_SHAPE];
  const size = shape.reduce((a, b) => a * b);
  const order = createRandom(1).permutation(size);
  const values = Array.from(order, (i) => (i - size / 2 + 0.5) * 0.025);
  return tf.tensor4d(values, shape);
}

/** -1 or 1 for each value. */
function direction(shape: number[], stream: number): tf.Tensor {
  const random = createRandom(2, stream);
  const size = shape.reduce((a, b) => a * b, 1);
  const signs = Array.from({ length: size }, () => 2 * random.integer(2) - 1);
  return tf.tensor(signs, shape);
}

const dropoutSeed = tf.tensor1d([5, 6], "int32");

/** The layer's output in training, each value weighted, and summed. */
function weightedSum(model: Model, x: tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    const y = model.logits(x as tf.Tensor4D, { training: true, dropoutSeed });
    const weights = tf.randomNormal(y.shape, 0, 1, "float32", 11);
    return tf.sum(tf.mul(y, weights));
  });
}

/** Compares a gradient with differences along four directions. */
function assertMeasured(
  gradient: tf.Tensor,
  sumAt: (shift: tf.Tensor) => tf.Tensor,
  message: string,
): void {
  const norm = tf.norm(gradient).dataSync()[0]!;
  for (const stream of [0, 1, 2, 3]) {
    const along = direction(gradient.shape, stream);
    const slope = tf.sum(tf.mul(gradient, along)).dataSync()[0]!;
    const [up, down] = [DIFFERENCE, -DIFFERENCE].map((step) =>
      sumAt(tf.mul(along, step)).dataSync()[0]!
    );
    const measured = (up! - down!) / (2 * DIFFERENCE);
    // A slope along signs is as large as the gradient's norm, more or less.
    assertAlmostEquals(slope, measured, 2e-3 * Math.max(norm, 0.5), message);
  }
}

/** Evaluation, training, and the gradient of training. */
function runBothWays(
  model: Model,
  x: tf.Tensor4D,
  dropoutSeed: tf.Tensor1D,
  observe = (_path: string, _output: tf.Tensor) => {},
): tf.Tensor[] {
  const training = { training: true, dropoutSeed };
  const sum = (x: tf.Tensor) =>
    tf.sum(tf.square(model.logits(x as tf.Tensor4D, training)));
  return [
    model.logits(x),
    model.logits(x, { ...training, observe }),
    tf.grad(sum)(x),
  ];
}

for (const [label, layer] of cases) {
  Deno.test(`${label}: gradients are those that differences measure`, () => {
    tf.engine().startScope();
    const x = distinctImages();
    const model = modelOf(layer);
    const gradient = tf.grad((x) => weightedSum(model, x))(x);
    assertMeasured(
      gradient,
      (shift) => weightedSum(model, tf.add(x, shift)),
      "input",
    );
    const learned = model.specs.filter(({ trainable }) => trainable);
    if (learned.length > 0) {
      const variables = learned.map(({ name }) => model.tensor(name));
      const { grads } = tf.variableGrads(
        () => weightedSum(model, x),
        variables,
      );
      variables.forEach((variable, i) => {
        const start = tf.clone(variable);
        assertMeasured(
          grads[variable.name]!,
          (shift) => {
            variable.assign(tf.add(start, shift));
            const sum = weightedSum(model, x);
            variable.assign(start);
            return sum;
          },
          learned[i]!.name,
        );
      });
    }
    model.dispose();
    tf.engine().endScope();
  });

  Deno.test(`${label}: runs as described, traced as op by op`, async () => {
    const network = networkOf(layer);
    const models = [modelOf(layer), modelOf(layer)] as const;
    const x = distinctImages();
    const run = jit((x: tf.Tensor4D, dropoutSeed: tf.Tensor1D) =>
      runBothWays(models[0], x, dropoutSeed)
    );
    const traced = await run(x, dropoutSeed);
    const shapes = new Map<string, number[]>();
    const observe = (path: string, y: tf.Tensor) => shapes.set(path, y.shape);
    const eager = runBothWays(models[1], x, dropoutSeed, observe);
    assertEquals(eager[0]!.shape, [BATCH, ...outputShape(layer, IMAGE_SHAPE)]);
    for (const row of layers(network)) {
      assertEquals(shapes.get(row.name), [BATCH, ...row.output], row.name);
    }
    for (const [i, y] of eager.entries()) {
      // TensorFlow may change the order in which a graph adds three gradients.
      const largest = tf.max(tf.abs(y)).dataSync()[0]!;
      assertClose(traced[i]!, y.dataSync(), 1e-6 * largest);
    }
    const learned = models[0].variables.filter(({ trainable }) => trainable);
    const sum = learned.reduce((sum, { size }) => sum + size, 0);
    assertEquals(countParameters(network), sum);
    tf.dispose([x, ...traced, ...eager]);
    [run, ...models].forEach((used) => used.dispose());
  });
}
