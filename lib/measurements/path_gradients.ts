import * as tf from "@tensorflow/tfjs";
import { jit } from "../backends/jit.ts";
import { createRandom } from "../data/random.ts";
import type { UnitTap } from "../networks/forward.ts";
import type { Model } from "../networks/model.ts";
import { type UnitPlace, unitPlaces } from "../networks/unit_places.ts";
import { softmaxCrossEntropy } from "../ops/softmax_cross_entropy.ts";
import { withGradient } from "../ops/with_gradient.ts";
import { takeSnapshot } from "../networks/snapshot.ts";
import type { MeasureOptions } from "./measure_options.ts";

/** The gradients that come through paths of one length. */
export interface PathGradients {
  /** Number of bodies that a path leads through. */
  readonly length: number;
  /** Norm of the gradient at the images through each path that was drawn. */
  readonly norms: readonly number[];
  /** Mean of the norms. */
  readonly mean: number;
  /** Share of all paths that have this length, `C(n, length) / 2^n`. */
  readonly share: number;
}

/** Options of {@linkcode pathGradients}. */
export interface PathGradientsOptions extends MeasureOptions {
  /** Lengths to measure. Default all, from 0 to the number of units. */
  readonly lengths?: readonly number[];
  /** Paths to draw of each length. Default 10. */
  readonly samples?: number;
  /** Draws the paths. Default 0. */
  readonly seed?: number;
  /** Told of how many lengths are measured, and of how many there are. */
  readonly onProgress?: (done: number, all: number) => void;
  /** Whether to stop; asked before each path. */
  readonly stopRequested?: () => boolean;
}

/**
 * The size of the gradient through paths of each length (Veit et al. 2016,
 * section 4.2 and Fig. 6). A network of `n` units unravels into `2^n` paths; a
 * path of length `k` leads through the bodies of `k` units and the shortcuts of
 * the others. The images go forward through the whole network; on the way back
 * `k` units chosen at random pass the gradient through their bodies only, the
 * others through their shortcuts only. The paper finds that short paths carry
 * almost all of the gradient, while few paths are that short. The model stays as
 * it is.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @param labels Classes of shape `[batch]`, int32.
 * @throws {RangeError} If a length is more than the units that there are.
 * @throws {Error} If the network has gated units: their gates weigh the ways, and
 * are ways of their own, of which the paper has none.
 */
export async function pathGradients(
  model: Model,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  options: PathGradientsOptions = {},
): Promise<PathGradients[]> {
  const { samples = 10, seed = 0, onProgress, stopRequested } = options;
  const units = unitPlaces(model.network).length;
  const { lengths = Array.from({ length: units + 1 }, (_, k) => k) } = options;
  checkLengths(lengths, units, model.network.name);
  const path = pathMeter(model, images, labels, options);
  const found: PathGradients[] = [];
  try {
    for (const length of lengths) {
      const norms: number[] = [];
      for (let sample = 0; sample < samples; sample++) {
        if (stopRequested?.()) return found;
        const order = createRandom(seed, length, sample).permutation(units);
        const through = new Set(order.subarray(0, length));
        const gradient = await path.gradient(
          Array.from({ length: units }, (_, i) => through.has(i)),
        );
        norms.push(Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0)));
      }
      const mean = norms.reduce((sum, norm) => sum + norm, 0) / norms.length;
      found.push({ length, norms, mean, share: shareOf(length, units) });
      onProgress?.(found.length, lengths.length);
    }
    return found;
  } finally {
    path.dispose();
  }
}

function checkLengths(
  lengths: readonly number[],
  units: number,
  name: string,
): void {
  const wrong = lengths.find((k) =>
    !(Number.isInteger(k) && k >= 0 && k <= units)
  );
  if (wrong === undefined) return;
  throw new RangeError(
    `Expected lengths from 0 to the ${units} units of ${name} but found ${wrong}`,
  );
}

function checkResidual(units: readonly UnitPlace[], name: string): void {
  const gated = units.find(({ kind }) => kind === "gated");
  if (gated === undefined) return;
  throw new Error(
    `Expected residual units only in ${name} but found the gated unit ${gated.path}`,
  );
}

/** `C(n, k) / 2^n`, a factor at a time: `2^n` itself may be too large. */
function shareOf(length: number, units: number): number {
  let logarithm = -units * Math.log(2);
  for (let i = 1; i <= length; i++) {
    logarithm += Math.log((units - length + i) / i);
  }
  return Math.exp(logarithm);
}

/** Measures the gradient through one path after another, by one traced step. */
export function pathMeter(
  model: Model,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  { training = false, dropoutSeed }: MeasureOptions = {},
): {
  /**
   * The loss's gradient by the images through one path.
   *
   * @param throughBody Of each unit, whether the path leads through its body.
   */
  gradient(throughBody: readonly boolean[]): Promise<Float32Array>;
  dispose(): void;
} {
  const units = unitPlaces(model.network);
  checkResidual(units, model.network.name);
  const places = new Map(units.map(({ path }, i) => [path, i]));
  const step = jit((
    images: tf.Tensor4D,
    labels: tf.Tensor1D,
    through: tf.Tensor1D,
  ) => {
    const tapUnit: UnitTap = (path, { body, shortcut, output }) => {
      const share = tf.reshape(tf.slice(through, places.get(path)!, 1), []);
      return oneWayBack(output, body, shortcut, share);
    };
    const loss = (x: tf.Tensor) =>
      softmaxCrossEntropy(
        model.logits(x as tf.Tensor4D, { training, dropoutSeed, tapUnit }),
        labels,
      );
    return [tf.grad(loss)(images)];
  });
  return {
    async gradient(throughBody) {
      const before = takeSnapshot(model.variables);
      const through = tf.tensor1d([...throughBody.map(Number), 0]);
      try {
        const [gradient] = await step(images, labels, through);
        const values = await gradient.data() as Float32Array;
        gradient.dispose();
        return values;
      } finally {
        through.dispose();
        before.restore();
        before.dispose();
      }
    },
    dispose: () => step.dispose(),
  };
}

/** The output, of which the gradient goes to one of its ways only. */
function oneWayBack(
  output: tf.Tensor,
  body: tf.Tensor,
  shortcut: tf.Tensor,
  throughBody: tf.Tensor,
): tf.Tensor {
  return withGradient([body, shortcut], (_body, _shortcut) => ({
    value: tf.clone(output),
    saved: [throughBody],
    gradient: (dy, [share]) => [
      tf.mul(dy, share!),
      tf.mul(dy, tf.sub(1, share!)),
    ],
  }));
}
