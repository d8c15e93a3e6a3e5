import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../data/random.ts";
import type { Model } from "../networks/model.ts";
import { lesionSites, lesionTaps } from "./lesion_sites.ts";
import {
  judgeWith,
  type LossAndError,
  readJudgement,
} from "./loss_and_error.ts";

/** How a network does without one part of it. */
export interface Lesion extends LossAndError {
  /** Path of what was dropped, such as "stage1/unit2". */
  readonly dropped: string;
}

/** How a network does as it is, and without each of its parts. */
export interface LesionStudy {
  readonly whole: LossAndError;
  /** In the order in which data flows; fewer after a Stop. */
  readonly lesions: readonly Lesion[];
}

/** Options of {@linkcode lesionStudy} and {@linkcode dropSeveral}. */
export interface LesionOptions {
  /** Told of how many parts have been dropped, and of how many there are. */
  readonly onProgress?: (done: number, all: number) => void;
  /** Whether to stop; asked before each part that is dropped. */
  readonly stopRequested?: () => boolean;
}

/**
 * Drops one unit after another from a trained network (Veit et al. 2016,
 * "Residual networks behave like ensembles of relatively shallow networks",
 * section 4.1 and Fig. 3): in place of `h(x) + F(x)` it gives `h(x)`, with
 * nothing trained again. Of a network without shortcuts each layer is dropped
 * that gives the shape it takes, with its normalisation and ReLU. The paper's
 * VGG falls to chance without any of its layers, its ResNet-110 hardly changes.
 *
 * All is one traced step, which is told what to drop: no variable is made anew.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @param labels Classes of shape `[batch]`, int32.
 *
 * @example A unit whose body gives 0 is not missed
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { lesionStudy } from "./lesion_study.ts";
 *
 * await useBackend({ quiet: true });
 * const model = build(cifarResNet({ depth: 8 }), { seed: 0 });
 * const scale = model.tensor("stage1/unit1/norm2/scale");
 * scale.assign(tf.zerosLike(scale));
 * const images = tf.randomNormal([4, 32, 32, 3]) as tf.Tensor4D;
 * const labels = tf.tensor1d([0, 1, 2, 3], "int32");
 * const { whole, lesions } = await lesionStudy(model, images, labels);
 * assertEquals(lesions.length, 3);
 * assertEquals(lesions[0]?.loss, whole.loss);
 * ```
 */
export async function lesionStudy(
  model: Model,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  { onProgress, stopRequested = () => false }: LesionOptions = {},
): Promise<LesionStudy> {
  const sites = lesionSites(model.network);
  const without = dropper(model, images, labels);
  try {
    const whole = await without.run([]);
    const lesions: Lesion[] = [];
    for (const [i, { path }] of sites.entries()) {
      if (stopRequested()) break;
      lesions.push({ dropped: path, ...await without.run([i]) });
      onProgress?.(i + 1, sites.length);
    }
    return { whole, lesions };
  } finally {
    without.dispose();
  }
}

/** How a network does without several of its units. */
export interface SeveralLesions {
  /** Number of units that are dropped at the same time. */
  readonly count: number;
  /** One for each random choice of them. */
  readonly outcomes: readonly LossAndError[];
}

/**
 * Drops several units at the same time, chosen at random (Veit et al. 2016, Fig.
 * 5 (a)): the error of a residual network rises smoothly with their number.
 *
 * @param counts Numbers of units to drop.
 * @param options `samples`: choices of units for each number, default 5; `seed`
 * of the choices, default 0.
 * @throws {RangeError} If a number is more than the units that the network has.
 */
export async function dropSeveral(
  model: Model,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  counts: readonly number[],
  options: LesionOptions & {
    readonly samples?: number;
    readonly seed?: number;
  } = {},
): Promise<SeveralLesions[]> {
  const { samples = 5, seed = 0, onProgress, stopRequested } = options;
  const sites = lesionSites(model.network);
  const most = counts.find((count) => !(count >= 0 && count <= sites.length));
  if (most !== undefined) {
    throw new RangeError(
      `Expected counts from 0 to the ${sites.length} units of ${model.network.name} but found ${most}`,
    );
  }
  const without = dropper(model, images, labels);
  const found: { count: number; outcomes: LossAndError[] }[] = [];
  try {
    for (const [i, count] of counts.entries()) {
      const outcomes: LossAndError[] = [];
      for (let sample = 0; sample < samples; sample++) {
        if (stopRequested?.()) return found;
        const order = createRandom(seed, count, sample)
          .permutation(sites.length);
        outcomes.push(await without.run([...order.subarray(0, count)]));
      }
      found.push({ count, outcomes });
      onProgress?.(i + 1, counts.length);
    }
    return found;
  } finally {
    without.dispose();
  }
}

/** Judges a model without the sites of some numbers. */
function dropper(model: Model, images: tf.Tensor4D, labels: tf.Tensor1D) {
  const sites = lesionSites(model.network);
  const judge = judgeWith(
    model,
    (kept: tf.Tensor1D) => lesionTaps(sites, kept),
  );
  return {
    async run(dropped: readonly number[]): Promise<LossAndError> {
      const kept = tf.tensor1d(
        // At least one value: no backend has tensors without any.
        Array.from(
          { length: sites.length + 1 },
          (_, i) => dropped.includes(i) ? 0 : 1,
        ),
      );
      const judged = judge(images, labels, kept);
      kept.dispose();
      return await readJudgement(judged, images.shape[0]);
    },
    dispose: () => judge.dispose(),
  };
}
