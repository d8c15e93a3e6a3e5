/** A point of a curve over steps. */
export interface CurvePoint {
  /** Number of updates made. */
  readonly step: number;
  /** Mean cross entropy. */
  readonly loss: number;
  /** Images classified wrongly, in percent. */
  readonly error: number;
}

/** What a point of a curve is the mean of. */
export interface Sums {
  /** Steps since the last point. */
  readonly steps: number;
  readonly images: number;
  /** Sum of the steps' mean losses. */
  readonly loss: number;
  readonly mistakes: number;
}

const NONE: Sums = { steps: 0, images: 0, loss: 0, mistakes: 0 };

/** Sums over the steps since the last point of a curve. */
export class StepSums {
  #sums: Sums;

  /** @param sums What to go on from. */
  constructor(sums: Sums = NONE) {
    this.#sums = sums;
  }

  /** The sums so far. */
  get sums(): Sums {
    return this.#sums;
  }

  /** Adds one step's mean loss and number of mistakes. */
  add(loss: number, mistakes: number, images: number): void {
    const sums = this.#sums;
    this.#sums = {
      steps: sums.steps + 1,
      images: sums.images + images,
      loss: sums.loss + loss,
      mistakes: sums.mistakes + mistakes,
    };
  }

  /** The means so far as a point of the curve; the next point starts anew. */
  take(step: number): CurvePoint {
    const { steps, images, loss, mistakes } = this.#sums;
    this.#sums = NONE;
    return { step, loss: loss / steps, error: 100 * mistakes / images };
  }
}
