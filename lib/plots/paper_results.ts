/**
 * What He et al. 2015 (arXiv 1512.03385) report for CIFAR-10, as far as the
 * paper prints numbers: the curves of its Fig. 1 and Fig. 6 are drawings, of
 * which only the order is certain.
 *
 * @module
 */
import { errsLess, type Holds } from "../records/errs_less.ts";
import { R15_FIGURE_6, R15_TABLE_6 } from "../paper/r15_cifar.ts";

/** A network's error as the paper prints it. */
export interface PaperResult {
  /** The network's name. */
  readonly name: string;
  /** Top-1 test error in per cent. */
  readonly testError: number;
}

/** Table 6: CIFAR-10 test error of ResNets with option A, data augmented. */
export const PAPER_RESNETS: readonly PaperResult[] = R15_TABLE_6.rows
  .filter(({ name }) => name.startsWith("ResNet-"))
  .map(({ name, error }) => ({ name, testError: error }));

/**
 * Fig. 6, left: plain networks from the lowest to the highest error, training
 * and test alike. plain-110 stands above 60 % and is not drawn in the paper.
 */
export const PAPER_PLAIN_ORDER: readonly string[] = R15_FIGURE_6.plainOrder;

/** Section 4.2: the error that plain-110 stays above, in per cent. */
export const PAPER_PLAIN_110_ABOVE: number = R15_FIGURE_6.plain110Above;

/** What was measured of one network here. */
export interface OurResult {
  /** The network's name, such as "plain-56". */
  readonly name: string;
  /** Training error in per cent. */
  readonly trainError: number;
  /** Test error in per cent. */
  readonly testError: number;
}

/** A statement of the paper beside what was measured here. */
export interface ClaimRow {
  /** The statement. */
  readonly claim: string;
  /** Where the paper makes it, with its figures where it prints them. */
  readonly paper: string;
  /** What was measured here. */
  readonly ours: string;
  /** Whether it holds here (see {@linkcode errsLess}). */
  readonly holds: Holds;
}

/** Depths at which Fig. 6 shows the ResNet far below the plain network. */
const SHORTCUTS_HELP = [56, 110];

/**
 * Compares the order of errors with the paper's. Pair by pair of neighbours in
 * depth: deeper plain networks are worse, on the training images too (Fig. 1
 * and 6), and deeper ResNets up to 110 layers are better (Fig. 6, Table 6); and
 * a deep ResNet is better than the plain network of its depth (Fig. 6).
 *
 * @example Usage
 * ```ts
 * import { paperClaims } from "./paper_results.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const rows = paperClaims([
 *   { name: "plain-20", trainError: 30, testError: 33 },
 *   { name: "plain-56", trainError: 41, testError: 40 },
 * ]);
 * assertEquals(rows.map((row) => row.holds), [true, true]);
 * assertEquals(rows[0]?.claim, "plain-56 has a higher training error than plain-20");
 * ```
 *
 * @param ours What was measured here, one run each; networks that the paper does
 * not have are left out.
 * @returns A row for each statement that can be compared.
 */
export function paperClaims(ours: readonly OurResult[]): ClaimRow[] {
  const find = (name: string) => ours.find((one) => one.name === name);
  const plain = PAPER_PLAIN_ORDER.flatMap((name) => find(name) ?? []);
  const residual = PAPER_RESNETS.filter(({ name }) => name !== "ResNet-1202")
    .flatMap(({ name }) => find(name) ?? []);
  const sameDepth = SHORTCUTS_HELP.flatMap((depth) => {
    const pair = [find(`plain-${depth}`), find(`ResNet-${depth}`)];
    return pair[0] && pair[1] ? [[pair[0], pair[1]] as const] : [];
  });
  return [
    ...neighbours(plain).flatMap(([shallow, deep]) =>
      PARTS.map((part) => claim(deep, "higher", shallow, part))
    ),
    ...neighbours(residual).flatMap(([shallow, deep]) =>
      PARTS.map((part) => claim(deep, "lower", shallow, part))
    ),
    ...sameDepth.flatMap(([plain, residual]) =>
      PARTS.map((part) => claim(residual, "lower", plain, part))
    ),
  ];
}

type Part = "train" | "test";

const PARTS: readonly Part[] = ["train", "test"];

/** The statement that one network's error is higher, or lower, than another's. */
function claim(
  one: OurResult,
  order: "higher" | "lower",
  other: OurResult,
  part: Part,
): ClaimRow {
  const [a, b] = [one[`${part}Error`], other[`${part}Error`]];
  return {
    claim: `${one.name} has a ${order} ${
      part === "train" ? "training" : "test"
    } error than ${other.name}`,
    paper: printed(one, other, part),
    ours: `${percent(a)} against ${percent(b)}`,
    holds: order === "higher"
      ? errsLess([b], [a], null)
      : errsLess([a], [b], null),
  };
}

/** Where the paper says so, with its figures where it prints both. */
function printed(one: OurResult, other: OurResult, part: Part): string {
  const [a, b] = [one, other].map(({ name }) =>
    PAPER_RESNETS.find((result) => result.name === name)?.testError
  );
  return part === "test" && a !== undefined && b !== undefined
    ? `Table 6: ${percent(a)} against ${percent(b)}`
    : R15_FIGURE_6.place;
}

function neighbours<T>(items: readonly T[]): [T, T][] {
  return items.slice(1).map((item, index) => [items[index]!, item]);
}

function percent(value: number): string {
  return `${value.toFixed(2)} %`;
}
