import { R16_TABLE_1, type ShortcutRow } from "../paper/r16_units.ts";
import type { Network } from "./layer.ts";
import {
  withConstantScaling,
  withConvolutionShortcuts,
  withDropoutShortcuts,
  withExclusiveGating,
  withShortcutOnlyGating,
} from "./shortcut_variants.ts";

/** A shortcut of R16 Fig. 2. */
export interface ShortcutCase {
  /** The letter in Fig. 2. */
  readonly figure2: "a" | "b" | "c" | "d" | "e" | "f";
  /** Its row of Table 1: of several settings the best. */
  readonly row: ShortcutRow;
  /** A network all of whose units have it. */
  readonly network: Network;
}

/**
 * The six shortcuts of R16 Fig. 2, each put into all units of a network, with
 * the settings that are best in Table 1: constant scaling 0.5 of both ways,
 * gates that start from a bias of -6, dropout at 0.5.
 *
 * @param network With units whose activation comes after the addition, as in
 * the paper.
 *
 * @example Table 1's errors of ResNet-110
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "./cifar.ts";
 * import { shortcutCases } from "./shortcut_cases.ts";
 *
 * const cases = shortcutCases(cifarResNet({ depth: 110 }));
 * assertEquals(
 *   cases.map(({ row }) => row.error),
 *   [6.61, 12.35, 8.7, 6.91, 12.22, "fail"],
 * );
 * assertEquals(cases[3]?.network.name, "ResNet-110, shortcut-only gating -6");
 * ```
 */
export function shortcutCases(network: Network): ShortcutCase[] {
  const initialBias = -6;
  return [
    { figure2: "a", row: rowOf("original"), network },
    {
      figure2: "b",
      row: rowOf("constant scaling 0.5, frozen gating"),
      network: withConstantScaling(network, { shortcut: 0.5, body: 0.5 }),
    },
    {
      figure2: "c",
      row: rowOf("exclusive gating, b_g = -6"),
      network: withExclusiveGating(network, { initialBias }),
    },
    {
      figure2: "d",
      row: rowOf("shortcut-only gating, b_g = -6"),
      network: withShortcutOnlyGating(network, { initialBias }),
    },
    {
      figure2: "e",
      row: rowOf("1x1 convolution"),
      network: withConvolutionShortcuts(network),
    },
    {
      figure2: "f",
      row: rowOf("dropout"),
      network: withDropoutShortcuts(network),
    },
  ];
}

function rowOf(name: string): ShortcutRow {
  const row = R16_TABLE_1.rows.find((row) => row.name === name);
  if (row === undefined) throw new Error(`Expected a row ${name} in Table 1`);
  return row;
}
