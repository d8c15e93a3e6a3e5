import { checkInteger } from "../data/check_integer.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import {
  batchNorm,
  convolution,
  dense,
  globalAveragePool,
  type Network,
  relu,
  sequence,
} from "./layer.ts";
import {
  basicConvolutions,
  closingActivation,
  residualUnit,
  type UnitActivation,
} from "./residual_unit.ts";

/** Options of {@linkcode residualTower}. */
export interface ResidualTowerOptions {
  /** Residual units, one on the other. */
  readonly units: number;
  /** Default "preActivation". */
  readonly activation?: UnitActivation;
  /** Filters of all convolutions. Default 16. */
  readonly filters?: number;
  /** Number of classes. Default 10. */
  readonly classes?: number;
  /** Colour channels of an image. Default 3. */
  readonly channels?: number;
}

const OPTIONS: OptionNames<ResidualTowerOptions> = {
  units: true,
  activation: true,
  filters: true,
  classes: true,
  channels: true,
};

/** Pixels from one of the first convolution to the next: 32x32 to 8x8. */
const STRIDE = 4;

/**
 * A residual network of one stage: a 3x3 convolution, then nothing but units of
 * two 3x3 convolutions on maps of 8x8 pixels. No unit changes dimensions, so that
 * each shortcut is the identity, as R16 section 2 supposes: in
 * {@linkcode cifarResNet} two shortcuts are not. ResNet-110 has 54 units; a tower
 * of as many costs less than ResNet-20, for its maps are small.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If a number is not an integer of at least 1, or there is
 * no such activation.
 *
 * @example A single chain of shortcuts
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { residualChains } from "../measurements/residual_chains.ts";
 * import { residualTower } from "./residual_tower.ts";
 *
 * const chains = residualChains(residualTower({ units: 54 }));
 * assertEquals(chains.map(({ units }) => units.length), [54]);
 * ```
 */
export function residualTower(options: ResidualTowerOptions): Network {
  checkOptions(options, OPTIONS);
  const { units, filters = 16, classes = 10, channels = 3 } = options;
  const { activation = "preActivation" } = options;
  checkInteger(units, "units", 1);
  checkInteger(filters, "filters", 1);
  checkInteger(classes, "classes", 1);
  checkInteger(channels, "channels", 1);
  const before = activation === "preActivation"
    ? []
    : activation === "reluOnlyPreActivation"
    ? [batchNorm("norm")]
    : [batchNorm("norm"), relu("relu")];
  return {
    name: `tower of ${units} units`,
    input: [32, 32, channels],
    layers: [
      convolution("conv", filters, 3, { stride: STRIDE }), // [N, 8, 8, filters]
      ...before,
      sequence(
        "tower",
        Array.from({ length: units }, (_, i) =>
          residualUnit(`unit${i + 1}`, {
            convolutions: basicConvolutions(filters, 1),
            channels: filters,
            shortcut: "A",
            activation,
            shared: i === 0,
          })),
      ),
      ...closingActivation(activation),
      globalAveragePool("pool"), // [N, filters]
      dense("classifier", classes),
    ],
  };
}
