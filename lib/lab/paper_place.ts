import { cifarResNet } from "../networks/cifar.ts";
import { shortcutCases } from "../networks/shortcut_cases.ts";
import { R15_FIGURE_6, R15_TABLE_6 } from "../paper/r15_cifar.ts";
import { R15_TABLE_3 } from "../paper/r15_imagenet.ts";
import type { RunRecord } from "../records/schema.ts";
import { placementNetworks, PLACEMENTS } from "./placements.ts";

/** Where a paper has what was run here, or the nearest to it. */
export interface PaperPlace {
  /** The paper's network, with its images where they are not CIFAR-10's. */
  readonly network: string;
  /** Such as "R16 Table 1". */
  readonly where: string;
  /** Test error in per cent; `null` where the paper only draws it. */
  readonly error: number | "fail" | null;
  /** Of which images the error is, where they are not CIFAR-10's. */
  readonly images?: "ImageNet";
}

/**
 * Where a paper has a run's network. R15 prints ResNets of six depths and
 * highway networks on CIFAR-10, draws plain ones, and compares the options A, B
 * and C on ImageNet; R16 compares shortcuts and placements in ResNet-110, beside
 * which stands a ResNet of any depth here.
 *
 * @returns `null` if no paper has it, or not on these images.
 *
 * @example A gated ResNet-20 stands beside the paper's ResNet-110
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { paperPlaceOf } from "./paper_place.ts";
 *
 * const name = "ResNet-20, shortcut-only gating -6";
 * assertEquals(paperPlaceOf({ network: { name }, data: { name: "CIFAR-10" } }), {
 *   network: "ResNet-110",
 *   where: "R16 Table 1",
 *   error: 6.91,
 * });
 * ```
 */
export function paperPlaceOf(
  { network: { name }, data }: {
    readonly network: Pick<RunRecord["network"], "name">;
    readonly data: Pick<RunRecord["data"], "name">;
  },
): PaperPlace | null {
  if (data.name !== "CIFAR-10") return null;
  const printed = R15_TABLE_6.rows.find((row) => row.name === paperName(name));
  if (printed) {
    return {
      network: printed.name,
      where: "R15 Table 6",
      error: printed.error,
    };
  }
  if (R15_FIGURE_6.plainOrder.some((plain) => plain === name)) {
    return { network: name, where: `R15 ${R15_FIGURE_6.place}`, error: null };
  }
  return variants().get(atAnyDepth(name)) ?? null;
}

/** Such as "Highway-19" of "highway-19, convolutional". */
function paperName(name: string): string {
  const [, depth] = /^highway-(\d+), convolutional$/.exec(name) ?? [];
  return depth === undefined ? name : `Highway-${depth}`;
}

/** Such as "ResNet, dropout shortcuts" of "ResNet-20, dropout shortcuts". */
function atAnyDepth(name: string): string {
  return name.replace(/ResNet-\d+/, "ResNet");
}

/** What the papers have by a network's name without its depth. */
function variants(): ReadonlyMap<string, PaperPlace> {
  const plain = cifarResNet({ depth: 20 });
  const places = new Map<string, PaperPlace>();
  for (const { network, row } of shortcutCases(plain).slice(1)) {
    places.set(atAnyDepth(network.name), {
      network: "ResNet-110",
      where: "R16 Table 1",
      error: row.error,
    });
  }
  for (const [i, { name }] of placementNetworks(20).entries()) {
    if (i === 0) continue; // the original
    places.set(atAnyDepth(name), {
      network: "ResNet-110",
      where: "R16 Table 2",
      error: PLACEMENTS[i]!.paper.resNet110,
    });
  }
  for (const option of ["B", "C"]) {
    const row = R15_TABLE_3.rows.find(({ name }) =>
      name === `ResNet-34 ${option}`
    );
    places.set(`ResNet ${option}`, {
      network: `ResNet-34 ${option}, ImageNet`,
      where: "R15 Table 3, top-1",
      error: row?.top1 ?? null,
      images: "ImageNet",
    });
  }
  return places;
}
