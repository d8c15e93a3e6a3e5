import type { ClaimRow } from "../plots/paper_results.ts";
import { errsLess } from "../records/errs_less.ts";

/** A paper's error and ours, in per cent. */
export interface PaperAndOurs {
  readonly name: string;
  readonly paper: number;
  /** `null` where there is no run yet. */
  readonly ours: number | null;
  /** From how many seeds ours is the mean. Default 1. */
  readonly runs?: number;
}

/**
 * Whether errors stand here in the order in which they stand in a paper: a row
 * for each two neighbours in the paper's order, the worst first. What chance may
 * have made cannot tell (see {@linkcode errsLess}). Networks that have not been
 * run here are left out.
 *
 * @param table Where the paper prints the errors, such as "Table 3".
 *
 * @example Option B errs less than A in the paper; our runs cannot tell
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { orderClaims } from "./order_claims.ts";
 *
 * const [row] = orderClaims([
 *   { name: "option A", paper: 25.03, ours: 36.1 },
 *   { name: "option B", paper: 24.52, ours: 36.4 },
 * ], "Table 3");
 * assertEquals(row?.claim, "option B errs less than option A");
 * assertEquals(row?.paper, "Table 3: 24.52 % against 25.03 %");
 * assertEquals(row?.holds, "cannot tell");
 * ```
 */
export function orderClaims(
  networks: readonly PaperAndOurs[],
  table: string,
): ClaimRow[] {
  const ordered = networks
    .flatMap(({ name, paper, ours, runs = 1 }) =>
      ours === null ? [] : [{ name, paper, ours, runs }]
    )
    .toSorted((a, b) => b.paper - a.paper);
  return ordered.slice(1).map((better, i) => {
    const worse = ordered[i]!;
    return {
      claim: `${better.name} errs less than ${worse.name}`,
      paper: `${table}: ${percent(better.paper)} against ${
        percent(worse.paper)
      }`,
      ours: `${percent(better.ours)} against ${percent(worse.ours)}`,
      holds: errsLess(
        { error: better.ours, runs: better.runs },
        { error: worse.ours, runs: worse.runs },
      ),
    };
  });
}

function percent(value: number): string {
  return `${value.toFixed(2)} %`;
}
