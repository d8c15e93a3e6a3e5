import { R15_TABLE_6 } from "../paper/r15_cifar.ts";
import type { RunRecord } from "../records/schema.ts";

/** A ResNet of R15 Table 6 beside a run of it made here. */
export interface BesideTable6 {
  readonly name: string;
  readonly layers: number;
  /** Test error in per cent that the paper prints. */
  readonly paper: number;
  /** Test error in per cent of our run; `null` if there is none. */
  readonly ours: number | null;
  /** Updates of our run. */
  readonly steps: number | null;
  /** How often our run saw each training image, on average. */
  readonly passes: number | null;
}

/**
 * The ResNets of R15 Table 6, each with the first of the records that is a run
 * of it.
 *
 * @param records Runs that can be compared, such as a run of each network that
 * `comparableSeeds` finds.
 * @returns A row for each of the paper's ResNets, whether there is a run or not.
 *
 * @example What is missing is said
 * ```ts
 * import { besideTable6 } from "./beside_table_6.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [resNet20] = besideTable6([]);
 * assertEquals(resNet20?.paper, 8.75);
 * assertEquals(resNet20?.ours, null);
 * ```
 */
export function besideTable6(records: readonly RunRecord[]): BesideTable6[] {
  return R15_TABLE_6.rows.flatMap(({ name, layers, error }) => {
    if (!name.startsWith("ResNet-") || layers === null) return [];
    const record = records.find(({ network }) => network.name === name);
    const { steps, batchSize } = record?.hyperparameters ?? {};
    return [{
      name,
      layers,
      paper: error,
      ours: record?.final.testError ?? null,
      steps: steps ?? null,
      passes: record && steps && batchSize
        ? steps * batchSize / record.data.trainImages
        : null,
    }];
  });
}
