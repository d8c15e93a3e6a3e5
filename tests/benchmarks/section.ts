import { median, medianInterval } from "./statistics.ts";

/** What one benchmark found. */
export interface Section {
  /** The benchmark's name, such as "step". */
  readonly name: string;
  readonly title: string;
  /** What to read, in Markdown. */
  readonly text: string;
  /** What computed, with versions. */
  readonly engines: readonly string[];
  /** All numbers, as JSON. */
  readonly data: unknown;
}

/** A goal and whether it was reached, in words. */
export function goal(
  what: string,
  value: number,
  least: number,
  unit = "x",
): string {
  const verdict = value >= least ? "reached" : "missed";
  return `- ${what}: ${
    value.toFixed(2)
  }${unit}, goal at least ${least}${unit}: **${verdict}**`;
}

/**
 * The same for a median of ratios, with the bounds of what it is an estimate
 * of: where they hold the goal, rounds of another hour may say otherwise.
 */
export function goalOfRatios(
  what: string,
  ratios: readonly number[],
  goalRatio: number,
): string {
  const { least, most } = medianInterval(ratios);
  const chance = least < goalRatio && goalRatio <= most
    ? ", by no more than chance may do"
    : "";
  const bounds = `95 %: ${least.toFixed(2)}x to ${most.toFixed(2)}x`;
  return `${goal(what, median(ratios), goalRatio)}${chance} (${bounds})`;
}

/** The same for a value that should be small. */
export function goalAtMost(
  what: string,
  value: number,
  most: number,
  unit: string,
): string {
  const verdict = value <= most ? "reached" : "missed";
  return `- ${what}: ${
    value.toFixed(2)
  }${unit}, goal at most ${most}${unit}: **${verdict}**`;
}
