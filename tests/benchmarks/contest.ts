import {
  alternate,
  type Effort,
  type Measured,
  type Turns,
} from "./alternate.ts";
import { assertSameFirstLoss } from "./compare_losses.ts";
import { describeOthers } from "./cpu_use.ts";
import type { Contender } from "./contender.ts";
import { table, withSpread } from "./markdown.ts";
import { goalOfRatios } from "./section.ts";
import { median, pairedRatios, spread } from "./statistics.ts";

/** Contenders measured side by side. */
export interface Contest extends Turns {
  /** What was run, such as "ResNet-20, batch 128". */
  readonly title: string;
  /** What times are of. Default "step". */
  readonly timed?: string;
}

/**
 * Runs contenders in turns; the first is the one that others are put beside.
 *
 * @param tolerance How far their first losses may lie apart, relatively.
 */
export async function runContest(
  title: string,
  contenders: readonly Contender[],
  effort: Effort,
  tolerance = 1e-3,
): Promise<Contest> {
  const turns = await alternate(contenders, effort);
  assertSameFirstLoss(turns.measured, tolerance);
  return { title, ...turns };
}

/** How many times as long as the first contender's a step of `other` takes. */
export function ratio({ measured }: Contest, other: Measured): number {
  return median(pairedRatios(other.rounds, measured[0]?.rounds ?? []));
}

/** The fastest of PyTorch's ways, judged by {@linkcode ratio}. */
export function bestOfPyTorch(contest: Contest): Measured | undefined {
  return contest.measured.filter(({ isOurs }) => !isOurs)
    .toSorted((a, b) => ratio(contest, a) - ratio(contest, b))[0];
}

/**
 * How others compare with one of the contenders, as goals.
 *
 * @param mine The name of that one.
 * @param least How many times as long a step of another should take; it has no
 * goal where that is `undefined`.
 */
export function goalsBeside(
  { title, measured }: Contest,
  mine: string,
  least: (other: Measured) => number | undefined,
): string[] {
  const found = measured.find(({ name }) => name === mine);
  if (found === undefined) return [`- ${title}: ${mine}: **did not run**`];
  return measured.filter((other) => other !== found).flatMap((other) => {
    const goal = least(other);
    if (goal === undefined) return [];
    const ratios = pairedRatios(other.rounds, found.rounds);
    return [goalOfRatios(`${title}: times ${other.name}`, ratios, goal)];
  });
}

/** What computed in a contest, with versions. */
export function enginesOf(
  { measured }: Pick<Contest, "measured">,
): string[] {
  return measured.map(({ engine }) => engine);
}

/** A contest's times, ratios and first losses as a table. */
export function describeContest(contest: Contest): string {
  const { timed = "step" } = contest;
  const [first] = contest.measured;
  const rows = contest.measured.map((measured) => [
    measured.name,
    withSpread(spread(measured.rounds), 1),
    measured === first ? "1" : withSpread(
      spread(pairedRatios(measured.rounds, first?.rounds ?? [])),
      2,
    ),
    (measured.firstMilliseconds / 1000).toFixed(1),
    measured.losses.map((loss) => loss.toFixed(4)).join(" "),
  ]);
  const header = [
    contest.title,
    `ms a ${timed}`,
    `times ${first?.name ?? ""}`,
    `first ${timed}, s`,
    "first losses",
  ];
  const failures = contest.failures.map(({ name, reason }) =>
    `**${name} did not run:** ${reason}`
  );
  return [table(header, rows), describeOthers(contest.others), ...failures]
    .join("\n\n");
}
