import * as tf from "@tensorflow/tfjs";
import { learningRateAt, type Recipe } from "./recipe.ts";
import { type Snapshot, takeSnapshot } from "../networks/snapshot.ts";
import type { StepResult } from "./train_step.ts";

/** Steps between two snapshots that a failed step is found again from. */
const SNAPSHOT_EVERY = 50;

/** A step whose loss is NaN or Inf. */
export class NonFiniteError extends Error {
  override name = "NonFiniteError";
  /** Number of the step, from 0. */
  readonly step: number;
  /** The tensor or operation where numbers stop being finite. */
  readonly where: string;

  constructor(step: number, where: string, loss: number) {
    super(
      `The loss of step ${step} is ${loss}: ${where} is the first that is not finite; a lower learning rate may help`,
    );
    this.step = step;
    this.where = where;
  }
}

/** What steps train on, one after another. */
export interface Draws<Draw> {
  /** The step that {@linkcode Draws.next} draws for, from 0. */
  readonly step: number;
  /** What this step trains on. Moves to the next step. */
  next(): Draw | Promise<Draw>;
  /** Frees what was drawn ahead. */
  dispose(): void | Promise<void>;
}

/** A training step on what was drawn. */
export interface DrawnStep<Draw> {
  /** All that a step changes, by name. */
  readonly state: ReadonlyMap<string, tf.Variable>;
  /** Trains on what was drawn, as update number `step`. */
  run(draw: Draw, step: number, learningRate?: number): Promise<StepResult>;
  /** Names where numbers stop being finite. */
  findNonFinite(draw: Draw, step: number): string;
}

/** What one update gave. */
export interface StepNumbers {
  /** Mean cross entropy of the mini-batch before the update. */
  readonly loss: number;
  /** Images of the mini-batch classified wrongly. */
  readonly mistakes: number;
  /** Images of the mini-batch. */
  readonly images: number;
  readonly milliseconds: number;
}

/** Makes one update after another, and watches their losses. */
export class Stepper<Draw> {
  readonly #step: DrawnStep<Draw>;
  readonly #recipe: Recipe;
  readonly #drawsFrom: (step: number) => Draws<Draw>;
  #draws: Draws<Draw>;
  #snapshot: { values: Snapshot; step: number } | undefined;
  /** Learning rates of the steps since the snapshot. */
  #rates: number[] = [];
  #isWhole = true;

  /**
   * @param drawsFrom Draws from a step on, the same each time.
   * @param start Number of the first update to make.
   */
  constructor(
    step: DrawnStep<Draw>,
    recipe: Recipe,
    drawsFrom: (step: number) => Draws<Draw>,
    start = 0,
  ) {
    this.#step = step;
    this.#recipe = recipe;
    this.#drawsFrom = drawsFrom;
    this.#draws = drawsFrom(start);
  }

  /** Number of updates made. */
  get steps(): number {
    return this.#draws.step;
  }

  /**
   * Whether the network is as {@linkcode Stepper.steps} updates left it: where
   * {@linkcode Stepper.next} could not draw it is, where an update broke off it
   * may be between two.
   */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /**
   * Makes the next update.
   *
   * @param learningRate Default what the recipe's schedule has at this step.
   * @throws {NonFiniteError} If the loss is not a finite number; the network is
   * as it was before the step.
   */
  async next(
    learningRate: number = learningRateAt(this.#recipe, this.steps),
  ): Promise<StepNumbers> {
    const number = this.steps;
    if (number % SNAPSHOT_EVERY === 0 || this.#snapshot === undefined) {
      this.#takeSnapshot();
    }
    const started = performance.now();
    this.#rates.push(learningRate);
    const draw = await this.#draws.next();
    this.#isWhole = false;
    const { loss, mistakes, images } = await this.#run(draw, number);
    if (!Number.isFinite(loss)) {
      const failed = await this.#goBackTo(number);
      const again = await this.#draws.next();
      const where = this.#step.findNonFinite(again, failed);
      await this.#drawFrom(failed);
      this.#isWhole = true;
      throw new NonFiniteError(failed, where, loss);
    }
    this.#isWhole = true;
    const milliseconds = performance.now() - started;
    return { loss, mistakes, images, milliseconds };
  }

  /** Frees the snapshot and the draws. */
  async dispose(): Promise<void> {
    this.#snapshot?.values.dispose();
    await this.#draws.dispose();
  }

  async #run(
    draw: Draw,
    number: number,
  ): Promise<Omit<StepNumbers, "milliseconds">> {
    const rate = this.#rates[number - (this.#snapshot?.step ?? number)];
    const result = await this.#step.run(draw, number, rate);
    const [loss, mistakes] = await Promise.all(
      [result.loss, result.mistakes].map(async (t) => (await t.data())[0]),
    );
    tf.dispose([result.loss, result.mistakes]);
    const { images } = result;
    return { loss: loss ?? NaN, mistakes: mistakes ?? NaN, images };
  }

  /**
   * Does the steps since the last snapshot again. On a CPU they repeat bit for
   * bit; on a GPU they may differ and fail earlier: then the network goes back to
   * the snapshot.
   *
   * @returns The step that the network is before.
   */
  async #goBackTo(step: number): Promise<number> {
    const from = this.#snapshot;
    if (from === undefined) throw new Error("No snapshot was taken");
    from.values.restore();
    await this.#drawFrom(from.step);
    while (this.steps < step) {
      const number = this.steps;
      const { loss } = await this.#run(await this.#draws.next(), number);
      if (Number.isFinite(loss)) continue;
      from.values.restore();
      await this.#drawFrom(from.step);
      break;
    }
    this.#rates = this.#rates.slice(0, this.steps - from.step);
    return this.steps;
  }

  #takeSnapshot(): void {
    this.#snapshot?.values.dispose();
    const values = takeSnapshot([...this.#step.state.values()]);
    this.#snapshot = { values, step: this.steps };
    this.#rates = [];
  }

  async #drawFrom(step: number): Promise<void> {
    await this.#draws.dispose();
    this.#draws = this.#drawsFrom(step);
  }
}
