import { cifarResNet } from "../networks/cifar.ts";
import { cifarHighway } from "../networks/cifar_highway.ts";
import { shortcutCases } from "../networks/shortcut_cases.ts";
import { R15_FIGURE_6, R15_TABLE_6 } from "../paper/r15_cifar.ts";
import { R15_TABLE_3 } from "../paper/r15_imagenet.ts";
import { paperRow } from "../paper/paper_table.ts";
import { placementNetworks, PLACEMENTS } from "./placements.ts";

/** A statement of a paper that one network errs less than another. */
export interface OrderClaim {
  /** Our network that should err less. */
  readonly lower: string;
  /** Our network that should err more. */
  readonly higher: string;
  readonly measured: "training error" | "test error";
  /** Such as "R15 Table 6". */
  readonly where: string;
  /**
   * By how many points of per cent they differ in the paper; `null` where it
   * draws the errors, or prints "fail".
   */
  readonly printed: number | null;
}

/**
 * The orders of errors in both papers that runs on CIFAR-10 can tell: R15's of
 * plain networks and ResNets (Fig. 6, Table 6) and of the options A, B and C
 * (Table 3, there on ImageNet), R16's of shortcuts (Table 1) and of placements
 * (Table 2; (d) is about as good as the original there, and left out).
 *
 * @param depth Of our networks for the options and for R16's claims, of which
 * the paper's have 34 and 110 layers. Default 20.
 *
 * @example Deeper plain networks are worse, already on the training images
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { orderClaimsOfPapers } from "./order_claims_of_papers.ts";
 *
 * const [first] = orderClaimsOfPapers();
 * assertEquals(first?.lower, "plain-20");
 * assertEquals(first?.higher, "plain-56");
 * assertEquals(first?.measured, "training error");
 * ```
 */
export function orderClaimsOfPapers(depth = 20): OrderClaim[] {
  return [
    ...degradation(),
    ...depths(),
    ...options(depth),
    ...shortcuts(depth),
    ...placements(depth),
  ];
}

function degradation(): OrderClaim[] {
  const drawn = { where: `R15 ${R15_FIGURE_6.place}`, printed: null };
  return (["training error", "test error"] as const).flatMap((measured) => [
    { lower: "plain-20", higher: "plain-56", measured, ...drawn },
    { lower: "ResNet-56", higher: "plain-56", measured, ...drawn },
  ]);
}

function depths(): OrderClaim[] {
  const error = (name: string) => paperRow(R15_TABLE_6, name).error;
  const order = (
    lower: string,
    higher: string,
    printed = error(higher) - error(lower),
  ) => testError("R15 Table 6", lower, higher, printed);
  return [
    order("ResNet-56", "ResNet-20"),
    order("ResNet-110", "ResNet-56"),
    order("ResNet-110", "ResNet-1202"),
    order(
      cifarHighway().name,
      "ResNet-20",
      error("ResNet-20") - error("Highway-19"),
    ),
  ];
}

function options(depth: number): OrderClaim[] {
  const name = (shortcut: Option) => cifarResNet({ depth, shortcut }).name;
  const error = (option: Option) =>
    paperRow(R15_TABLE_3, `ResNet-34 ${option}`).top1!;
  const order = (lower: Option, higher: Option) =>
    testError(
      "R15 Table 3, top-1",
      ...[name(lower), name(higher)] as const,
      error(higher) - error(lower),
    );
  return [order("B", "A"), order("C", "B")];
}

type Option = "A" | "B" | "C";

function shortcuts(depth: number): OrderClaim[] {
  const [original, ...others] = shortcutCases(cifarResNet({ depth }));
  const identity = Number(original!.row.error);
  return others.map(({ network, row: { error } }) =>
    testError(
      "R16 Table 1",
      ...[original!.network.name, network.name] as const,
      error === "fail" ? null : error - identity,
    )
  );
}

function placements(depth: number): OrderClaim[] {
  const networks = placementNetworks(depth);
  const errors = PLACEMENTS.map(({ paper }) => paper.resNet110);
  const order = (lower: number, higher: number) =>
    testError(
      "R16 Table 2",
      ...[networks[lower]!.name, networks[higher]!.name] as const,
      errors[higher]! - errors[lower]!,
    );
  return [order(0, 1), order(0, 2), order(2, 1), order(4, 0)];
}

function testError(
  where: string,
  lower: string,
  higher: string,
  printed: number | null,
): OrderClaim {
  return { lower, higher, measured: "test error", where, printed };
}
