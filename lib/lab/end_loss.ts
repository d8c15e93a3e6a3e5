import type { RunRecord } from "../records/schema.ts";

/** What {@linkcode endLoss} looks at. */
export type EndedRun = Pick<RunRecord, "stoppedBy" | "final">;

/**
 * The training loss that a run ended at, over its last mini-batches; `null` if it
 * was stopped, or broke off since a number was no longer finite: its record then
 * has the last loss that was.
 *
 * @example A run that broke off
 * ```ts
 * import { endLoss } from "./end_loss.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const final = {
 *   ...{ trainLoss: 1.2, trainError: 50, testLoss: 1.3, testError: 52 },
 *   evaluatedOn: "all test images",
 * };
 * assertEquals(endLoss({ stoppedBy: "steps", final }), 1.2);
 * assertEquals(endLoss({ stoppedBy: "not a finite number", final }), null);
 * ```
 */
export function endLoss({ stoppedBy, final }: EndedRun): number | null {
  return stoppedBy === "steps" ? final.trainLoss : null;
}

/** Whether a run made all its steps, or broke off by itself: nobody stopped it. */
export function ranOut({ stoppedBy }: Pick<EndedRun, "stoppedBy">): boolean {
  return stoppedBy === "steps" || stoppedBy === "not a finite number";
}
