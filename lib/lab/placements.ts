import { cifarResNet } from "../networks/cifar.ts";
import type { Network } from "../networks/layer.ts";
import type { UnitActivation } from "../networks/residual_unit.ts";
import { type ActivationRow, R16_TABLE_2 } from "../paper/r16_units.ts";

/** A place of batch normalisation and ReLU in a residual unit. */
export interface Placement {
  /** Letter and name in R16, such as "(e) full pre-activation". */
  readonly name: string;
  /** What networks are built with. */
  readonly activation: UnitActivation;
  /** What R16 measured. */
  readonly paper: ActivationRow;
}

const ACTIVATIONS: Readonly<Record<ActivationRow["figure4"], UnitActivation>> =
  {
    a: "original",
    b: "batchNormAfterAddition",
    c: "reluBeforeAddition",
    d: "reluOnlyPreActivation",
    e: "preActivation",
  };

/**
 * The five placements of R16 Fig. 4 and Table 2, from (a) to (e).
 *
 * @example One network of each
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { PLACEMENTS } from "./placements.ts";
 *
 * const networks = PLACEMENTS.map(({ activation }) =>
 *   cifarResNet({ depth: 20, activation })
 * );
 * assertEquals(networks[1]?.name, "ResNet-20, BN after addition");
 * assertEquals(PLACEMENTS[1]?.name, "(b) BN after addition");
 * ```
 */
export const PLACEMENTS: readonly Placement[] = R16_TABLE_2.rows.map(
  (paper) => ({
    name: `(${paper.figure4}) ${paper.name}`,
    activation: ACTIVATIONS[paper.figure4],
    paper,
  }),
);

/**
 * The networks of the five placements, of basic units at any depth: in all else
 * they are the same.
 *
 * @param depth Weighted layers, `6n + 2`.
 * @param channels Colour channels of an image. Default 3.
 * @throws {RangeError} If no `n` gives the depth.
 *
 * @example They have the same number of parameters
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { countParameters } from "../networks/parameters.ts";
 * import { placementNetworks } from "./placements.ts";
 *
 * const counts = placementNetworks(20).map(countParameters);
 * assertEquals(counts, Array(5).fill(269722));
 * ```
 */
export function placementNetworks(depth: number, channels = 3): Network[] {
  return PLACEMENTS.map(({ activation }) =>
    cifarResNet({ depth, channels, activation, unit: "basic" })
  );
}
