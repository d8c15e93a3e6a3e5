import { type EndedRun, endLoss, ranOut } from "../lab/end_loss.ts";
import type { Output } from "../notebook/bundle.ts";
import { judgePrediction, type Prediction } from "../notebook/prediction.ts";
import { lowestLosses } from "./lowest_losses.ts";

/** A run by the name that a prediction has for it. */
export interface CandidateRun {
  readonly name: string;
  readonly record: EndedRun;
}

/**
 * Compares a prediction of which run ends with the lowest training loss with the
 * runs, once all of them have run out. Those that one seed does not tell from the
 * lowest may all be it; one that broke off has none.
 *
 * @param runs Of all choices; fewer before the experiment, or after a Stop.
 */
export function judgeLowest(
  asked: Prediction,
  answer: string | undefined,
  runs: readonly CandidateRun[],
): Output {
  const ended = runs.filter(({ record }) => ranOut(record))
    .map(({ name, record }) => ({ name, loss: endLoss(record) }));
  const lowest = lowestLosses(ended).map(({ name }) => name);
  const all = asked.choices.every((choice) =>
    ended.some(({ name }) => name === choice)
  );
  const figures = ended
    .toSorted((a, b) => (a.loss ?? Infinity) - (b.loss ?? Infinity))
    .map(({ name, loss }) => `${name} ${loss?.toFixed(2) ?? "broke off"}`);
  return judgePrediction(
    asked,
    answer,
    all && lowest.length > 0 ? lowest : undefined,
    `Training losses: ${figures.join(", ")}`,
  );
}
