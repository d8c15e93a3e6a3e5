import type { JudgedClaim, Verdict } from "../lab/judge_claims.ts";
import { LEAST_ERRORS } from "../records/errs_less.ts";
import type { Figure, ScatterTrace } from "./figure.ts";
import { figure, INK, MUTED, PALETTE } from "./house_look.ts";

const LOOKS: Readonly<
  Record<Verdict, Required<Pick<ScatterTrace, "marker">>["marker"]>
> = {
  supports: { color: PALETTE[2]!, symbol: "circle", size: 10 },
  contradicts: { color: PALETTE[1]!, symbol: "square", size: 10 },
  "cannot tell": { color: MUTED, symbol: "circle-open", size: 10 },
};

/**
 * Draws by how much two networks' errors differ here, claim by claim: above 0
 * in the paper's order, with a line of two standard errors each way; and, as
 * diamonds in ink, by how much they differ in the paper, where it prints
 * both. What there are no runs of has no mark of ours.
 *
 * @param claims Such as of `judgeClaims`; they are numbered from 1.
 * @throws {RangeError} If there are none.
 */
export function claimDifferences(
  claims: readonly JudgedClaim[],
  title = "Differences between errors, in the order that the papers have",
): Figure {
  if (claims.length === 0) {
    throw new RangeError("Expected claims to plot but found none");
  }
  const numbered = claims.map((claim, i) => ({ ...claim, number: i + 1 }));
  const told = numbered.flatMap((one) => {
    const { difference, standardError } = one;
    return difference === null || standardError === null
      ? []
      : [{ ...one, difference, reach: LEAST_ERRORS * standardError }];
  });
  const lines: ScatterTrace = {
    type: "scatter",
    mode: "lines",
    name: "two standard errors",
    x: told.flatMap(({ number }) => [number, number, number]),
    y: told.flatMap((one) => [
      ...[one.difference - one.reach, one.difference + one.reach],
      null,
    ]),
    line: { color: MUTED, width: 2 },
    hovertemplate: "%{y:.1f}<extra></extra>",
  };
  const ours = (Object.keys(LOOKS) as Verdict[]).flatMap((verdict) => {
    const some = told.filter((one) => one.verdict === verdict);
    return some.length === 0 ? [] : [{
      ...marks(`ours: ${verdict}`, some, some.map((one) => one.difference)),
      marker: LOOKS[verdict],
    }];
  });
  const printed = numbered.filter((one) => one.printed !== null);
  const paper = {
    ...marks("paper", printed, printed.map((one) => one.printed)),
    marker: { color: INK, symbol: "diamond", size: 7 } as const,
  };
  return figure([lines, ...ours, ...printed.length > 0 ? [paper] : []], {
    title: { text: title },
    xaxis: {
      title: { text: "claim, by its number in the table" },
      range: [0.4, claims.length + 0.6],
      dtick: 1,
    },
    yaxis: { title: { text: "difference (points of %)" }, zeroline: true },
    showlegend: true,
  });
}

function marks(
  name: string,
  claims: readonly (JudgedClaim & { readonly number: number })[],
  y: (number | null)[],
): ScatterTrace {
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: claims.map(({ number }) => number),
    y,
    text: claims.map(({ claim }) => claim),
    hovertemplate: `%{text}<br>%{y:.2f} points<extra>${name}</extra>`,
  };
}
