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
