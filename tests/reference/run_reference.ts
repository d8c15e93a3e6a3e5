import * as tf from "@tensorflow/tfjs";
import type { Network } from "../../lib/networks/layer.ts";
import { Model } from "../../lib/networks/model.ts";
import { tensorSpecs } from "../../lib/networks/parameters.ts";
import { mapLayers } from "../../lib/networks/variants.ts";
import { softmaxCrossEntropy } from "../../lib/ops/softmax_cross_entropy.ts";
import { tensorValues, uniform } from "./formula.ts";
import type { ReferenceCase } from "./reference_file.ts";

/** What our network gives for a case of a reference. */
export interface Outcome {
  /** Logits of all images, one after another. */
  readonly evaluation: Float32Array;
  readonly training: OutcomeStep | undefined;
}

/** What our network gives for a training step. */
export interface OutcomeStep {
  readonly logits: Float32Array;
  readonly loss: number;
  readonly gradients: ReadonlyMap<string, Float32Array>;
  readonly running: ReadonlyMap<string, Float32Array>;
}

/** Runs a network on a case's images, with the weights that the formula gives. */
export async function runReference(
  network: Network,
  { input, imageDeviation, seed, gain, training }: ReferenceCase,
): Promise<Outcome> {
  const [, ...shape] = input;
  const small: Network = { ...network, input: shape };
  const values = new Map(
    tensorSpecs(small).map((spec) => [spec.name, tensorValues(spec, gain)]),
  );
  const size = input.reduce((a, b) => a * b);
  const deviation = { mean: 0, deviation: imageDeviation };
  const images = tf.tensor4d(uniform(`images/${seed}`, size, deviation), [
    ...input,
  ]);
  try {
    return {
      evaluation: await evaluate(new Model(small, values), images),
      training: training &&
        await train(
          new Model(withoutDropout(small), values),
          images,
          training.labels,
        ),
    };
  } finally {
    images.dispose();
  }
}

/** What dropout drops differs from one library to another. */
function withoutDropout(network: Network): Network {
  return mapLayers(
    network,
    (layer) => layer.kind === "dropout" ? { ...layer, rate: 0 } : layer,
  );
}

async function evaluate(
  model: Model,
  images: tf.Tensor4D,
): Promise<Float32Array> {
  const logits = model.logits(images);
  model.dispose();
  return await read(logits);
}

async function train(
  model: Model,
  images: tf.Tensor4D,
  classes: readonly number[],
): Promise<OutcomeStep> {
  const labels = tf.tensor1d([...classes], "int32");
  const dropoutSeed = tf.tensor1d([0, 0], "int32");
  const named = (trainable: boolean) =>
    model.specs.filter((spec) => spec.trainable === trainable)
      .map(({ name }) => [name, model.tensor(name)] as const);
  const learned = named(true);
  let logits: tf.Tensor | undefined;
  const { value, grads } = tf.variableGrads(() => {
    const given = model.logits(images, { training: true, dropoutSeed });
    logits = tf.keep(tf.clone(given));
    return softmaxCrossEntropy(given, labels);
  }, learned.map(([, variable]) => variable));
  if (logits === undefined) throw new Error("The forward pass did not run");
  const gradients = await readAll(
    learned.map(([name, variable]) => [name, grads[variable.name]]),
  );
  const running = await readAll(
    named(false).map(([name, variable]) => [name, tf.clone(variable)]),
  );
  model.dispose();
  tf.dispose([labels, dropoutSeed]);
  const [loss = NaN] = await read(value);
  return { logits: await read(logits), loss, gradients, running };
}

async function readAll(
  tensors: readonly (readonly [string, tf.Tensor | undefined])[],
): Promise<Map<string, Float32Array>> {
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of tensors) {
    if (tensor === undefined) throw new Error(`Expected a gradient of ${name}`);
    values.set(name, await read(tensor));
  }
  return values;
}

async function read(tensor: tf.Tensor): Promise<Float32Array> {
  const values = await tensor.data() as Float32Array;
  tensor.dispose();
  return values;
}
