import { R15_CIFAR_RECIPE } from "../paper/recipes.ts";
import { meanAndSpread } from "../records/mean_and_spread.ts";
import { runName } from "../records/run_name.ts";
import { runSets } from "../records/run_sets.ts";
import type { RunRecord } from "../records/schema.ts";
import { paperPlaceOf } from "./paper_place.ts";

/** Runs of one network by one recipe, beside a paper's number. */
export interface BesidePaper {
  /** As `runName` has it. */
  readonly network: string;
  readonly data: string;
  /** Number of runs, each from a seed of its own. */
  readonly runs: number;
  /** Mean test error in per cent. */
  readonly ours: number;
  /** Standard deviation of the test errors; `null` of one run. */
  readonly deviation: number | null;
  /** Test error in the paper; `null` where it prints none of these images. */
  readonly paper: number | "fail" | null;
  /** The paper's network; `null` if it has none such. */
  readonly paperNetwork: string | null;
  readonly where: string | null;
  readonly steps: number;
  readonly batch: number;
  readonly rate: number;
  /**
   * Images that went through the network, as a part of the papers' number;
   * `null` where the paper's network learns from other images.
   */
  readonly share: number | null;
}

/**
 * All whole runs, by network and recipe, each beside what the papers print.
 *
 * The papers' networks for CIFAR-10 see 64,000 mini-batches of 128 images.
 *
 * @param records Any records, such as all of a folder.
 * @returns A row for each set that `runSets` makes of them.
 *
 * @example Nothing was run
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { besidePaper } from "./beside_paper.ts";
 *
 * assertEquals(besidePaper([]), []);
 * ```
 */
export function besidePaper(records: readonly RunRecord[]): BesidePaper[] {
  const paper = R15_CIFAR_RECIPE.steps * R15_CIFAR_RECIPE.batchSize;
  return runSets(records).map((set) => {
    const { network, data, hyperparameters } = set[0]!;
    const { steps, batchSize, learningRate } = hyperparameters;
    const { mean, deviation, runs } = meanAndSpread(set);
    const place = paperPlaceOf(set[0]!);
    const sameImages = place?.images === undefined;
    return {
      network: runName(network.name, hyperparameters.precision),
      data: data.name,
      runs,
      ours: mean,
      deviation,
      paper: sameImages ? place?.error ?? null : null,
      paperNetwork: place?.network ?? null,
      where: place?.where ?? null,
      steps,
      batch: batchSize,
      rate: learningRate,
      share: sameImages ? steps * batchSize / paper : null,
    };
  });
}
