import { learningRateAt, type Recipe } from "./recipe.ts";

/** What a schedule remembers of the errors it has seen. */
export interface ScheduleState {
  /** Update from which on a measured warm-up was over; `null` before. */
  readonly warmedUpAt: number | null;
  /** Sums over the mini-batches that a measured warm-up looks at. */
  readonly window: {
    readonly steps: number;
    readonly images: number;
    readonly mistakes: number;
  };
  /** The lowest error of a point of the curve; `null` before the first. */
  readonly lowest: number | null;
  /** Points since then. */
  readonly pointsSince: number;
  /** Updates from which on the rate was divided by 10 for standing still. */
  readonly drops: readonly number[];
}

const EMPTY = { steps: 0, images: 0, mistakes: 0 };

const BEGIN: ScheduleState = {
  warmedUpAt: null,
  window: EMPTY,
  lowest: null,
  pointsSince: 0,
  drops: [],
};

/**
 * The learning rate of each update, where it depends on measured errors too: a
 * warm-up until the training error is low enough (R15 section 4.2, ResNet-110),
 * a division by 10 where an error stands still (R15 section 3.4).
 *
 * All that it depends on is its state: a run that goes on with the state has the
 * rates of one that was not interrupted.
 */
export class Schedule {
  readonly #recipe: Recipe;
  #state: ScheduleState;

  /** @param state What to go on from. */
  constructor(recipe: Recipe, state: ScheduleState = BEGIN) {
    this.#recipe = recipe;
    this.#state = state;
  }

  /** What it remembers so far. */
  get state(): ScheduleState {
    return this.#state;
  }

  /** The learning rate of the update number `step`, which is the next. */
  rateAt(step: number): number {
    const { warmUp } = this.#recipe;
    const { warmedUpAt, drops } = this.#state;
    if (warmUp && !("steps" in warmUp) && warmedUpAt === null) {
      return warmUp.learningRate;
    }
    return learningRateAt(this.#recipe, step) / 10 ** drops.length;
  }

  /**
   * Counts the mistakes of a mini-batch.
   *
   * @param step Updates made, this one included.
   */
  sawBatch(step: number, mistakes: number, images: number): void {
    const { warmUp } = this.#recipe;
    const { warmedUpAt, window } = this.#state;
    if (!warmUp || "steps" in warmUp || warmedUpAt !== null) return;
    const sums = {
      steps: window.steps + 1,
      images: window.images + images,
      mistakes: window.mistakes + mistakes,
    };
    const full = sums.steps >= warmUp.overSteps;
    const error = 100 * sums.mistakes / sums.images;
    this.#state = {
      ...this.#state,
      window: full ? EMPTY : sums,
      warmedUpAt: full && error < warmUp.untilTrainError ? step : null,
    };
  }

  /**
   * Looks at a point of the curve that the recipe's plateau is on.
   *
   * @param step Updates made.
   * @param error In percent.
   */
  sawPoint(step: number, error: number): void {
    const { plateau } = this.#recipe;
    if (plateau === undefined) return;
    const { lowest, pointsSince, drops } = this.#state;
    if (lowest === null || error < lowest) {
      this.#state = { ...this.#state, lowest: error, pointsSince: 0 };
    } else if (pointsSince + 1 < plateau.patience) {
      this.#state = { ...this.#state, pointsSince: pointsSince + 1 };
    } else {
      const fallen = [...drops, step];
      this.#state = { ...this.#state, pointsSince: 0, drops: fallen };
    }
  }
}
