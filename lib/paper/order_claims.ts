import type { ClaimRow } from "../plots/paper_results.ts";
import { errsLess } from "../records/errs_less.ts";
import { mean } from "../records/mean.ts";

/** A paper's error and ours, in per cent. */
export interface PaperAndOurs {
  readonly name: string;
  readonly paper: number;
  /** Of our runs, one a seed; none where there is no run yet. */
  readonly ours: readonly number[];
}

/**
 * Whether errors stand here in the order in which they stand in a paper: a row
 * for each two neighbours in the paper's order, the worst first, by the means of
 * our runs. What chance may have made cannot tell (see {@linkcode errsLess}).
 * Networks that have not been run here are left out.
 *
 * @param table Where the paper prints the errors, such as "Table 3".
 * @param deviation Between seeds, in points of per cent, as `seedDeviation` has
 * it; `null` where it is not known.
 *
 * @example Option B errs less than A in the paper; our runs cannot tell
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { orderClaims } from "./order_claims.ts";
 *
 * const [row] = orderClaims([
 *   { name: "option A", paper: 25.03, ours: [36.1] },
 *   { name: "option B", paper: 24.52, ours: [36.4] },
 * ], "Table 3", null);
 * assertEquals(row?.claim, "option B errs less than option A");
 * assertEquals(row?.paper, "Table 3: 24.52 % against 25.03 %");
 * assertEquals(row?.holds, "cannot tell");
 * ```
 */
export function orderClaims(
  networks: readonly PaperAndOurs[],
  table: string,
  deviation: number | null,
): ClaimRow[] {
  const ordered = networks
    .filter(({ ours }) => ours.length > 0)
    .toSorted((a, b) => b.paper - a.paper);
  return ordered.slice(1).map((better, i) => {
    const worse = ordered[i]!;
    return {
      claim: `${better.name} errs less than ${worse.name}`,
      paper: `${table}: ${percent(better.paper)} against ${
        percent(worse.paper)
      }`,
      ours: `${percent(mean(better.ours))} against ${
        percent(mean(worse.ours))
      }`,
      holds: errsLess(better.ours, worse.ours, deviation),
    };
  });
}

function percent(value: number): string {
  return `${value.toFixed(2)} %`;
}
