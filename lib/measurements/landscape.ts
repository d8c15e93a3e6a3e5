import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { takeSnapshot } from "../networks/snapshot.ts";
import type { Direction } from "./directions.ts";
import type { MeasureOptions } from "./measure_options.ts";
import {
  judgeWith,
  type LossAndError,
  readJudgement,
} from "./loss_and_error.ts";

/** A mini-batch that the landscape is of. */
export interface LandscapeBatch {
  /** Of shape `[batch, height, width, channels]`. */
  readonly images: tf.Tensor4D;
  /** Classes of shape `[batch]`, int32. */
  readonly labels: tf.Tensor1D;
}

/** Options of {@linkcode lossLine} and {@linkcode lossPlane}. */
export interface LandscapeOptions extends MeasureOptions {
  /** Told of how many points are known, and of how many there are. */
  readonly onProgress?: (done: number, all: number) => void | Promise<void>;
  /** Whether to stop; asked before each point. The rest is NaN then. */
  readonly stopRequested?: () => boolean;
}

/** Loss and error along a direction. */
export interface LossLine {
  /** How far along the direction, in its own length. */
  readonly positions: readonly number[];
  /** Mean cross entropy at each position; NaN where it was stopped. */
  readonly loss: readonly number[];
  /** Images classified wrongly, in percent. */
  readonly error: readonly number[];
}

/** Loss and error over the plane of two directions. */
export interface LossPlane {
  /** How far along the first direction. */
  readonly x: readonly number[];
  /** How far along the second direction. */
  readonly y: readonly number[];
  /** Mean cross entropy by row (`y`) and column (`x`); NaN where stopped. */
  readonly loss: readonly (readonly number[])[];
  /** Images classified wrongly, in percent, by row and column. */
  readonly error: readonly (readonly number[])[];
}

/**
 * The loss `L(w + a d)` along a direction from a network's weights `w` (Li et al.
 * 2018, section 3), on one mini-batch: along a {@linkcode randomDirection} a
 * slice of the landscape around a minimum, along a {@linkcode directionBetween}
 * two networks the line that joins them. Batch normalisation uses its running
 * statistics, or in training mode the mini-batch's. The model gets its values
 * back.
 *
 * @param positions The `a`, in the order in which they are measured.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { randomDirection } from "./directions.ts";
 * import { lossLine } from "./landscape.ts";
 *
 * await useBackend({ quiet: true });
 * const model = build(cifarResNet({ depth: 8 }), { seed: 0 });
 * const images = tf.randomNormal([4, 32, 32, 3]) as tf.Tensor4D;
 * const labels = tf.tensor1d([0, 1, 2, 3], "int32");
 * const direction = await randomDirection(model, { seed: 1 });
 * const line = await lossLine(model, { images, labels }, direction, [-1, 0, 1]);
 * assertEquals(line.loss.length, 3);
 * ```
 */
export async function lossLine(
  model: Model,
  batch: LandscapeBatch,
  direction: Direction,
  positions: readonly number[],
  options: LandscapeOptions = {},
): Promise<LossLine> {
  const points = positions.map((position) => [position]);
  const found = await judgePoints(model, batch, [direction], points, options);
  return {
    positions,
    loss: found.map(({ loss }) => loss),
    error: found.map(({ error }) => error),
  };
}

/**
 * The loss `L(w + a d + b e)` over the plane of two directions (Li et al. 2018,
 * section 3 and Figs. 1 and 5): those of nets with shortcuts are smooth, those
 * of deep plain nets chaotic. Like {@linkcode lossLine}; point by point, so that
 * the memory it takes does not grow with their number.
 *
 * @param x The `a`, the columns of the result.
 * @param y The `b`, the rows of the result.
 */
export async function lossPlane(
  model: Model,
  batch: LandscapeBatch,
  [first, second]: readonly [Direction, Direction],
  x: readonly number[],
  y: readonly number[],
  options: LandscapeOptions = {},
): Promise<LossPlane> {
  const points = y.flatMap((b) => x.map((a) => [a, b]));
  const directions = [first, second];
  const found = await judgePoints(model, batch, directions, points, options);
  const rows = (value: (one: LossAndError) => number) =>
    y.map((_, i) => found.slice(i * x.length, (i + 1) * x.length).map(value));
  return {
    x,
    y,
    loss: rows(({ loss }) => loss),
    error: rows(({ error }) => error),
  };
}

const UNKNOWN: LossAndError = { loss: NaN, error: NaN };

async function judgePoints(
  model: Model,
  { images, labels }: LandscapeBatch,
  directions: readonly Direction[],
  points: readonly (readonly number[])[],
  options: LandscapeOptions,
): Promise<LossAndError[]> {
  const { onProgress, stopRequested = () => false, ...measure } = options;
  // First, since it throws at a direction that is not of this network.
  const moves = movesOf(model, directions);
  const before = takeSnapshot(model.variables);
  const judge = judgeWith(model, () => measure);
  const found: LossAndError[] = [];
  try {
    for (const point of points) {
      if (stopRequested()) break;
      before.restore();
      move(moves, point);
      const judged = judge(images, labels);
      found.push(await readJudgement(judged, images.shape[0]));
      await onProgress?.(found.length, points.length);
    }
    return points.map((_, i) => found[i] ?? UNKNOWN);
  } finally {
    before.restore();
    before.dispose();
    judge.dispose();
    tf.dispose(moves.map(({ steps }) => steps));
  }
}

/** A variable, and its part of each direction. */
interface Move {
  readonly variable: tf.Variable;
  readonly steps: (tf.Tensor | undefined)[];
}

function movesOf(model: Model, directions: readonly Direction[]): Move[] {
  const names = new Set(directions.flatMap((one) => [...one.keys()]));
  const variables = [...names].map((name) =>
    [name, model.tensor(name)] as const
  );
  return variables.map(([name, variable]) => {
    const steps = directions.map((direction) => {
      const values = direction.get(name);
      return values && tf.tensor(values, variable.shape);
    });
    return { variable, steps };
  });
}

/** Moves variables away from where they are. */
function move(moves: readonly Move[], point: readonly number[]): void {
  for (const { variable, steps } of moves) {
    const moved = tf.tidy(() =>
      steps.reduce<tf.Tensor>(
        (sum, step, i) =>
          step === undefined ? sum : tf.add(sum, tf.mul(step, point[i] ?? 0)),
        variable,
      )
    );
    variable.assign(moved);
    moved.dispose();
  }
}
