import { meanAndSpread } from "./mean_and_spread.ts";
import { pooledDeviation } from "./pooled_deviation.ts";
import { runSets } from "./run_sets.ts";
import type { RunRecord } from "./schema.ts";

/**
 * How much runs differ from seed to seed where nothing else does: the deviation
 * pooled (see `pooledDeviation`) over all networks that learnt the same images by
 * the same recipe as one run did.
 *
 * @param records Any records, such as all of a folder.
 * @param like The run, if there is one.
 * @param valueOf What of a run differs, in per cent. Default its test error.
 * @returns `null` if none of these networks has two seeds, or there is no run.
 */
export function seedDeviation(
  records: readonly RunRecord[],
  like: RunRecord | undefined,
  valueOf?: Parameters<typeof meanAndSpread>[1],
): number | null {
  if (like === undefined) return null;
  const conditions = conditionsOf(like);
  const alike = runSets(records)
    .filter(([first]) => conditionsOf(first!) === conditions);
  return pooledDeviation(
    withoutRepeats(alike).map((set) => meanAndSpread(set, valueOf).values),
  );
}

/** One run under two names, as of option C and its 1x1 convolutions, counts once. */
function withoutRepeats(sets: readonly RunRecord[][]): RunRecord[][] {
  const seen = new Set<string>();
  return sets.map((set) =>
    set.filter(({ seed, final }) => {
      const run = JSON.stringify([seed, final]);
      const isNew = !seen.has(run);
      seen.add(run);
      return isNew;
    })
  ).filter(({ length }) => length > 0);
}

function conditionsOf({ data, hyperparameters }: RunRecord): string {
  return JSON.stringify([data.checksum, hyperparameters]);
}
