/** A point of a curve over steps. */
export interface CurvePoint {
  /** Number of updates made. */
  readonly step: number;
  /** Mean cross entropy. */
  readonly loss: number;
  /** Images classified wrongly, in percent. */
  readonly error: number;
}

/** Sums over the steps since the last point of a curve. */
export class StepSums {
  #steps = 0;
  #images = 0;
  #loss = 0;
  #mistakes = 0;

  /** Adds one step's mean loss and number of mistakes. */
  add(loss: number, mistakes: number, images: number): void {
    this.#steps++;
    this.#images += images;
    this.#loss += loss;
    this.#mistakes += mistakes;
  }

  /** Steps added since the last point. */
  get steps(): number {
    return this.#steps;
  }

  /** The means so far as a point of the curve; the next point starts anew. */
  take(step: number): CurvePoint {
    const point = {
      step,
      loss: this.#loss / this.#steps,
      error: 100 * this.#mistakes / this.#images,
    };
    this.#steps =
      this.#images =
      this.#loss =
      this.#mistakes =
        0;
    return point;
  }
}
