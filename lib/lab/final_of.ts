import type { RunRecord } from "../records/schema.ts";

/** Where a run ended. */
export interface FinalErrors {
  /** Mean cross entropy over the last mini-batches, augmented. */
  readonly trainLoss: number;
  /** Error over the last mini-batches, augmented, in percent. */
  readonly trainError: number;
  /** Mean cross entropy of test images; `null` if it is not a finite number. */
  readonly testLoss: number | null;
  /** Error on test images in percent. */
  readonly testError: number;
}

/**
 * The run of a network by its name.
 *
 * @throws {Error} If there is none, as after a Stop.
 */
export function runOf<R extends { readonly name: string }>(
  runs: readonly R[],
  name: string,
): R {
  const run = runs.find((one) => one.name === name);
  if (run !== undefined) return run;
  const found = runs.map((one) => one.name).join(", ") || "none";
  throw new Error(
    `Expected a run of ${name} but found ${found}: run the cell that trains it (again, if it was stopped)`,
  );
}

/**
 * Where the run of a network ended.
 *
 * @param runs Runs by name, or lab records of them.
 * @param name The network's name.
 * @throws {Error} If there is no run of it, or one that did not go to its end:
 * what to do is said.
 */
export function finalOf(
  runs: readonly { readonly name: string; readonly record: RunRecord }[],
  name: string,
): FinalErrors {
  const { record: { final, stoppedBy } } = runOf(runs, name);
  const { trainLoss, trainError } = final;
  if (stoppedBy !== "steps" || trainLoss === null || trainError === null) {
    throw new Error(
      `Expected a run of ${name} to its last step but found one stopped by ${stoppedBy}: run the cell that trains it again`,
    );
  }
  return { ...final, trainLoss, trainError };
}
