import * as tf from "@tensorflow/tfjs";
import { DrawTable } from "./draw_table.ts";
import { learningRateAt, type Recipe } from "./recipe.ts";
import { type Snapshot, takeSnapshot } from "./snapshot.ts";
import type { TrainStep } from "./train_step.ts";

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

/** What one update gave. */
export interface StepNumbers {
  /** Mean cross entropy of the mini-batch before the update. */
  readonly loss: number;
  /** Images of the mini-batch classified wrongly. */
  readonly mistakes: number;
  readonly milliseconds: number;
}

/** Makes one update after another, and watches their losses. */
export class Stepper {
  readonly #step: TrainStep;
  readonly #recipe: Recipe;
  readonly #source: { readonly count: number; readonly seed: number };
  #draws: DrawTable;
  #snapshot: { values: Snapshot; step: number } | undefined;
  /** Learning rates of the steps since the snapshot. */
  #rates: number[] = [];

  /** @param start Number of the first update to make. */
  constructor(
    step: TrainStep,
    recipe: Recipe,
    source: { readonly count: number; readonly seed: number },
    start = 0,
  ) {
    this.#step = step;
    this.#recipe = recipe;
    this.#source = source;
    this.#draws = this.#drawsFrom(start);
  }

  /** Number of updates made. */
  get steps(): number {
    return this.#draws.step;
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
    const { loss, mistakes } = await this.#run();
    if (!Number.isFinite(loss)) {
      await this.#goBackTo(number);
      const where = this.#step.findNonFinite(this.#draws.next(), number);
      this.#drawFrom(number);
      this.#rates.pop();
      throw new NonFiniteError(number, where, loss);
    }
    return { loss, mistakes, milliseconds: performance.now() - started };
  }

  /** Frees the snapshot and the draws. */
  dispose(): void {
    this.#draws.dispose();
    this.#snapshot?.values.dispose();
  }

  async #run(): Promise<{ loss: number; mistakes: number }> {
    const number = this.steps;
    const rate = this.#rates[number - (this.#snapshot?.step ?? number)];
    const result = await this.#step.run(this.#draws.next(), number, rate);
    const [loss, mistakes] = await Promise.all(
      [result.loss, result.mistakes].map(async (t) => (await t.data())[0]),
    );
    tf.dispose([result.loss, result.mistakes]);
    return { loss: loss ?? NaN, mistakes: mistakes ?? NaN };
  }

  /**
   * Does the steps since the last snapshot again. On a CPU they repeat bit for
   * bit; on a GPU they may differ, and fail a step earlier or later.
   */
  async #goBackTo(step: number): Promise<void> {
    const from = this.#snapshot;
    if (from === undefined) throw new Error("No snapshot was taken");
    from.values.restore();
    this.#drawFrom(from.step);
    while (this.steps < step) {
      if (!Number.isFinite((await this.#run()).loss)) break;
    }
  }

  #takeSnapshot(): void {
    this.#snapshot?.values.dispose();
    const values = takeSnapshot([...this.#step.state.values()]);
    this.#snapshot = { values, step: this.steps };
    this.#rates = [];
  }

  #drawFrom(step: number): void {
    this.#draws.dispose();
    this.#draws = this.#drawsFrom(step);
  }

  #drawsFrom(step: number): DrawTable {
    const { batchSize } = this.#recipe;
    return new DrawTable({ ...this.#source, batchSize, step });
  }
}
