/** Training losses that one seed and few steps do not tell apart. */
export const SAME_LOSS = 0.1;

/** Something that was tried, and what it came to. */
export interface LossTrial {
  /**
   * The training loss at the end; `null` where it was no finite number, or is
   * not known.
   */
  readonly loss?: number | null | undefined;
}

/**
 * The trials with the lowest training losses: the lowest first, then all that
 * one seed does not tell from it. None where no loss is a finite number.
 */
export function lowestLosses<Trial extends LossTrial>(
  trials: readonly Trial[],
): Trial[] {
  const loss = (trial: Trial) => trial.loss ?? NaN;
  const sorted = trials.filter((trial) => Number.isFinite(loss(trial)))
    .toSorted((a, b) => loss(a) - loss(b));
  return sorted.filter((trial) => loss(trial) <= loss(sorted[0]!) + SAME_LOSS);
}

/** Says that several are right, if they are. */
export function becauseAlike(
  alike: readonly (number | undefined)[],
): { because?: string } {
  return alike.length < 2 ? {} : {
    because: `${
      alike.join(" and ")
    } end within ${SAME_LOSS}: one seed does not tell them apart`,
  };
}
