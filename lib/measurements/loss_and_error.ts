import * as tf from "@tensorflow/tfjs";
import { jit, type Jitted } from "../backends/jit.ts";
import type { ForwardOptions, Model } from "../networks/model.ts";
import { softmaxCrossEntropy } from "../ops/softmax_cross_entropy.ts";
import { countMistakes } from "../training/count_mistakes.ts";

/** How a network does on a mini-batch. */
export interface LossAndError {
  /** Mean cross entropy. */
  readonly loss: number;
  /** Images classified wrongly, in percent. */
  readonly error: number;
}

/** A forward pass that gives loss and mistakes, run as one step. */
export type Judge<Extra extends tf.Tensor[] = []> = Jitted<
  [tf.Tensor4D, tf.Tensor1D, ...Extra],
  [tf.Scalar, tf.Scalar]
>;

/**
 * Makes a step that judges a model with the values it has at each call.
 *
 * @param optionsOf How the network runs, by what else the step gets.
 */
export function judgeWith<Extra extends tf.Tensor[]>(
  model: Model,
  optionsOf: (...extra: Extra) => ForwardOptions,
): Judge<Extra> {
  return jit((images, labels, ...extra) => {
    const logits = model.logits(images, optionsOf(...extra));
    return [softmaxCrossEntropy(logits, labels), countMistakes(logits, labels)];
  });
}

/** What a step made by {@linkcode judgeWith} gives, as numbers. */
export async function readJudgement(
  judged: Promise<[tf.Scalar, tf.Scalar]>,
  images: number,
): Promise<LossAndError> {
  const found = await judged;
  const [loss = NaN, mistakes = NaN] = await Promise.all(
    found.map(async (one) => (await one.data())[0]),
  );
  tf.dispose([...found]);
  return { loss, error: 100 * mistakes / images };
}
