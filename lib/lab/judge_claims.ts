import { comparableSeeds } from "../records/comparable_seeds.ts";
import {
  ASSUMED_DEVIATION,
  LEAST_ERRORS,
  standardErrorOfDifference,
} from "../records/errs_less.ts";
import { meanAndSpread } from "../records/mean_and_spread.ts";
import type { RunRecord } from "../records/schema.ts";
import { seedDeviation } from "../records/seed_deviation.ts";
import type { OrderClaim } from "./order_claims_of_papers.ts";

/** What runs say of a claim. */
export type Verdict = "supports" | "contradicts" | "cannot tell";

/** A claim beside the runs that can tell. */
export interface JudgedClaim extends OrderClaim {
  /** In words, such as "plain-20 has a lower test error than plain-56". */
  readonly claim: string;
  /** Runs of the network that should err less; 0 if none can be compared. */
  readonly lowerRuns: number;
  /** Runs of the network that should err more. */
  readonly higherRuns: number;
  /**
   * By how many points of per cent our means differ: above 0 in the paper's
   * order. `null` if there is nothing to compare.
   */
  readonly difference: number | null;
  /** The standard error of the difference. */
  readonly standardError: number | null;
  /** Whether the deviation between seeds was measured or assumed. */
  readonly deviation: "measured" | "assumed" | null;
  readonly verdict: Verdict;
}

/** Options of {@linkcode judgeClaims}. */
export interface JudgeOptions {
  /**
   * Standard deviation between seeds, in points of per cent, that is taken for
   * runs of a recipe of which no network has two seeds. Default 2.
   */
  readonly assumedDeviation?: number;
  /** The data set's name. Default "CIFAR-10". */
  readonly data?: string;
}

/**
 * Judges claims that one network errs less than another by records of both, by
 * one recipe on the same images. Seeds of one network differ by a deviation
 * `s`, so means over `m` and `n` of them differ by chance with the standard
 * error `s sqrt(1/m + 1/n)`; a smaller difference than two of these cannot tell.
 * `s` is pooled over all networks of the recipe, see `seedDeviation`.
 *
 * A verdict is about these runs: of as many layers, steps and images as they
 * have.
 *
 * @param claims Such as of `orderClaimsOfPapers`.
 * @param records Any records, such as all of a folder.
 * @throws {RangeError} If a number is none, or not greater than 0.
 */
export function judgeClaims(
  claims: readonly OrderClaim[],
  records: readonly RunRecord[],
  options: JudgeOptions = {},
): JudgedClaim[] {
  const {
    assumedDeviation = ASSUMED_DEVIATION,
    data = "CIFAR-10",
  } = options;
  checkPositive(assumedDeviation, "assumedDeviation");
  return claims.map((claim) => {
    const { lower, higher, measured } = claim;
    const valueOf = measured === "training error"
      ? ({ final }: RunRecord) => final.trainError
      : ({ final }: RunRecord) => final.testError;
    const known = records.filter((record) => valueOf(record) !== null);
    const sets = comparableSeeds(known, { networks: [lower, higher], data });
    const runsOf = (name: string) =>
      sets.find(([first]) => first?.network.name === name) ?? [];
    const [below, above] = [runsOf(lower), runsOf(higher)];
    const words = `${lower} has a lower ${measured} than ${higher}`;
    const judged = {
      ...claim,
      claim: words,
      lowerRuns: below.length,
      higherRuns: above.length,
    };
    if (below.length === 0 || above.length === 0) {
      return { ...judged, ...NOTHING };
    }
    const pooled = seedDeviation(known, below[0]!, valueOf);
    const difference = meanAndSpread(above, valueOf).mean -
      meanAndSpread(below, valueOf).mean;
    const standardError = standardErrorOfDifference(
      pooled ?? assumedDeviation,
      below.length,
      above.length,
    );
    return {
      ...judged,
      difference,
      standardError,
      deviation: pooled === null ? "assumed" : "measured",
      verdict: verdictOn(difference, LEAST_ERRORS * standardError),
    };
  });
}

const NOTHING = {
  difference: null,
  standardError: null,
  deviation: null,
  verdict: "cannot tell",
} as const;

function verdictOn(difference: number, least: number): Verdict {
  if (Math.abs(difference) < least) return "cannot tell";
  return difference > 0 ? "supports" : "contradicts";
}

function checkPositive(value: number, name: string): void {
  if (value > 0 && value < Infinity) return;
  throw new RangeError(
    `Expected ${name} to be a number greater than 0 but found ${value}`,
  );
}
