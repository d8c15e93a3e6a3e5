import { mean } from "./mean.ts";
import { pooledDeviation } from "./pooled_deviation.ts";
import type { RunRecord } from "./schema.ts";

/** A number over several runs of one network that differ in their seeds. */
export interface MeanAndSpread {
  readonly mean: number;
  /**
   * The sample standard deviation, `sqrt(sum((x - mean)^2) / (n - 1))`; `null`
   * of one run.
   */
  readonly deviation: number | null;
  /** Number of runs, `n`. */
  readonly runs: number;
  /** The number of each run, in the order of the seeds. */
  readonly values: readonly number[];
}

/**
 * Mean and standard deviation over seeds, as in R15's "6.61 +- 0.16" of
 * ResNet-110 over five runs (Table 6).
 *
 * @param records Of one network, by one recipe, on the same images, to their
 * end, each from another seed.
 * @param valueOf The number. Default the final test error in percent.
 * @throws {Error} If there are none, or they are not such; what differs is named.
 */
export function meanAndSpread(
  records: readonly RunRecord[],
  valueOf: (record: RunRecord) => number | null = ({ final }) =>
    final.testError,
): MeanAndSpread {
  checkOneRun(records);
  const values = records.toSorted((a, b) => a.seed - b.seed).map((record) => {
    const value = valueOf(record);
    if (value !== null && Number.isFinite(value)) return value;
    throw new Error(`Expected a number of ${record.id} but found ${value}`);
  });
  return {
    mean: mean(values),
    deviation: pooledDeviation([values]),
    runs: values.length,
    values,
  };
}

function checkOneRun(records: readonly RunRecord[]): void {
  const [first] = records;
  if (first === undefined) {
    throw new Error("Expected records of a run but found none");
  }
  const seeds = new Map<number, string>();
  for (const record of records) {
    for (const [what, of] of Object.entries(CONDITIONS)) {
      if (of(record) === of(first)) continue;
      throw new Error(
        `Expected records with one ${what} but ${record.id} has another than ${first.id}`,
      );
    }
    if (record.stoppedBy !== "steps") {
      throw new Error(
        `Expected runs to their last step but ${record.id} was stopped by ${record.stoppedBy}`,
      );
    }
    const same = seeds.get(record.seed);
    if (same !== undefined) {
      throw new Error(
        `Expected a seed of its own for each record but ${record.id} and ${same} have ${record.seed}`,
      );
    }
    seeds.set(record.seed, record.id);
  }
}

/** What must be the same, as text. */
const CONDITIONS: Readonly<Record<string, (record: RunRecord) => string>> = {
  "network": ({ network }) =>
    JSON.stringify([network.name, network.parameters]),
  "recipe": ({ hyperparameters }) => JSON.stringify(hyperparameters),
  "data set": ({ data }) => data.checksum,
  "start": ({ startedFrom }) => startedFrom ?? "",
};
