import { errsLess, type Holds } from "../records/errs_less.ts";
import { meanAndSpread } from "../records/mean_and_spread.ts";
import type { RunRecord } from "../records/schema.ts";
import { PLACEMENTS } from "./placements.ts";

/** A placement's runs here, beside R16 Table 2. */
export interface PlacementResult {
  /** Letter and name in R16, such as "(e) full pre-activation". */
  readonly placement: string;
  /** Number of runs here. */
  readonly runs: number;
  /** Mean of the runs' training losses at the end; `null` without runs. */
  readonly trainLoss: number | null;
  /** Mean of their test errors in per cent; `null` without runs. */
  readonly testError: number | null;
  /** Standard deviation of the test errors; `null` of less than two runs. */
  readonly deviation: number | null;
  /** Test error of ResNet-110 in R16, in per cent. */
  readonly paper110: number;
  /** Test error of ResNet-164 in R16, in per cent. */
  readonly paper164: number;
}

/**
 * Runs of the five placements, beside R16 Table 2.
 *
 * @param sets Runs of one network each, by one recipe, from seeds of their own:
 * such as `comparableSeeds` finds.
 * @param networks The networks' names, in the order of {@linkcode PLACEMENTS}.
 */
export function besideTable2(
  sets: readonly (readonly RunRecord[])[],
  networks: readonly string[],
): PlacementResult[] {
  return PLACEMENTS.map(({ name, paper }, i) => {
    const runs = runsOf(sets, networks[i]);
    const none = { mean: null, deviation: null };
    const error = runs.length === 0 ? none : meanAndSpread(runs);
    const loss = runs.length === 0
      ? none
      : meanAndSpread(runs, ({ final }) => final.trainLoss);
    return {
      placement: name,
      runs: runs.length,
      trainLoss: loss.mean,
      testError: error.mean,
      deviation: error.deviation,
      paper110: paper.resNet110,
      paper164: paper.resNet164,
    };
  });
}

/** Runs of a placement. */
export interface PlacementRuns {
  /** Letter and name in R16, such as "(e) full pre-activation". */
  readonly name: string;
  /** From seeds of their own; none if there is no run. */
  readonly records: readonly RunRecord[];
}

/**
 * Runs by placement, for figures: five lists, some of which may be empty.
 *
 * @param sets As of {@linkcode besideTable2}.
 * @param networks As of {@linkcode besideTable2}.
 */
export function runsByPlacement(
  sets: readonly (readonly RunRecord[])[],
  networks: readonly string[],
): PlacementRuns[] {
  return PLACEMENTS.map(({ name }, i) => ({
    name,
    records: runsOf(sets, networks[i]),
  }));
}

function runsOf(
  sets: readonly (readonly RunRecord[])[],
  network: string | undefined,
): readonly RunRecord[] {
  return sets.find(([first]) => first?.network.name === network) ?? [];
}

/** A statement of R16 beside what was measured here. */
export interface PlacementClaim {
  readonly claim: string;
  /** R16 Table 2, ResNet-110 and ResNet-164. */
  readonly paper: string;
  /** Mean and spread here. */
  readonly ours: string;
  /** Whether it holds here; "no run yet" where one is missing. */
  readonly holds: Holds | "no run yet";
}

/** Test errors of R16 Table 2 that are told apart here: of one beside another. */
const ORDERS = [
  ["b", "higher", "a"],
  ["c", "higher", "a"],
  ["b", "higher", "c"],
  ["e", "lower", "a"],
] as const;

/**
 * Compares the order of test errors with that of R16 Table 2: of (b), (c) and
 * (e) beside (a), and of (b) beside (c). ReLU-only pre-activation, (d),
 * "performs very similar to the baseline" there. What chance may have made
 * cannot tell (see {@linkcode errsLess}).
 *
 * @param sets As of {@linkcode besideTable2}.
 * @param networks As of {@linkcode besideTable2}.
 * @param deviation Between seeds, in points of per cent, as `seedDeviation` has
 * it; `null` where it is not known.
 */
export function placementClaims(
  sets: readonly (readonly RunRecord[])[],
  networks: readonly string[],
  deviation: number | null,
): PlacementClaim[] {
  const results = besideTable2(sets, networks).map((result, i) => ({
    ...result,
    errors: runsOf(sets, networks[i]).map(({ final }) => final.testError),
  }));
  const of = (letter: string) =>
    results.find(({ placement }) => placement.startsWith(`(${letter})`))!;
  return ORDERS.map(([letter, order, beside]) => {
    const [one, other] = [of(letter), of(beside)];
    const paper = (key: "paper110" | "paper164") =>
      `${one[key].toFixed(2)} against ${other[key].toFixed(2)}`;
    return {
      claim: `${one.placement} has a ${order} test error than (${beside})`,
      paper: `${paper("paper110")}, ${paper("paper164")}`,
      ours: `${inWords(one)} against ${inWords(other)}`,
      holds: one.runs === 0 || other.runs === 0
        ? "no run yet"
        : order === "higher"
        ? errsLess(other.errors, one.errors, deviation)
        : errsLess(one.errors, other.errors, deviation),
    };
  });
}

function inWords({ testError, deviation, runs }: PlacementResult): string {
  if (testError === null) return "–";
  const mean = testError.toFixed(1);
  return deviation === null
    ? `${mean} (${runs} run)`
    : `${mean} ± ${deviation.toFixed(1)} (${runs} runs)`;
}
