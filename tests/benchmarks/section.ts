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
  goal: number,
): string {
  const value = median(ratios);
  const { least, most } = medianInterval(ratios);
  const verdict = value >= goal ? "reached" : "missed";
  const chance = least < goal && goal <= most
    ? ", by no more than chance may do"
    : "";
  return `- ${what}: ${value.toFixed(2)}x (95 %: ${least.toFixed(2)} to ${
    most.toFixed(2)
  }), goal at least ${goal}x: **${verdict}**${chance}`;
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
