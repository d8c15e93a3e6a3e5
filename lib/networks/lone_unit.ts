import { checkInteger } from "../data/check_integer.ts";
import { checkOneOf } from "../data/check_one_of.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import type { Network } from "./layer.ts";
import {
  basicConvolutions,
  residualUnit,
  type ShortcutOption,
  type UnitConvolution,
} from "./residual_unit.ts";

/** Options of {@linkcode loneUnit}. */
export interface LoneUnitOptions {
  /** Two 3x3 convolutions; or a 1x1, a 3x3 and a 1x1 one. */
  readonly unit: "basic" | "bottleneck";
  /** Filters of its 3x3 convolutions. Default 64. */
  readonly width?: number;
  /**
   * How many times as many channels a bottleneck reads and gives. Default the
   * paper's 4. Of no effect on a basic unit, which reads and gives its width.
   */
  readonly expansion?: number;
  /** "C" has a projection; the others are the identity here. Default "B". */
  readonly shortcut?: ShortcutOption;
  /** Height and width of its maps in pixels. Default 56. */
  readonly size?: number;
}

const OPTIONS: OptionNames<LoneUnitOptions> = {
  unit: true,
  width: true,
  expansion: true,
  shortcut: true,
  size: true,
};

/**
 * A residual unit as a network of its own, to be counted and measured: by
 * default those of R15 Fig. 5, left and right. It keeps the dimensions of what it
 * reads.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If a number is not an integer of at least 1, or a
 * word is none of its option's.
 *
 * @example R15 Fig. 5, right
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { countMultiplyAdds } from "./count.ts";
 * import { loneUnit } from "./lone_unit.ts";
 *
 * const bottleneck = loneUnit({ unit: "bottleneck" });
 * assertEquals(bottleneck.name, "bottleneck 256-64-256");
 * assertEquals(bottleneck.input, [56, 56, 256]);
 * assertEquals(countMultiplyAdds(bottleneck), 17 * 64 ** 2 * 56 ** 2);
 * ```
 */
export function loneUnit(options: LoneUnitOptions): Network {
  checkOptions(options, OPTIONS);
  const { unit, width = 64, expansion = 4, shortcut = "B", size = 56 } =
    options;
  checkOneOf(unit, ["basic", "bottleneck"], "unit");
  checkInteger(width, "width", 1);
  checkInteger(expansion, "expansion", 1);
  checkInteger(size, "size", 1);
  const channels = unit === "basic" ? width : expansion * width;
  const convolutions: UnitConvolution[] = unit === "basic"
    ? basicConvolutions(width, 1)
    : [[width, 1], [width, 3], [channels, 1]].map((
      [filters = 0, kernelSize = 0],
    ) => ({ filters, kernelSize, stride: 1 }));
  const name = unit === "basic"
    ? `basic ${width}-${width}`
    : `bottleneck ${channels}-${width}-${channels}`;
  return {
    name: shortcut === "C" ? `${name}, projection` : name,
    input: [size, size, channels],
    layers: [
      residualUnit("unit", {
        convolutions,
        channels,
        shortcut,
        activation: "original",
      }),
    ],
  };
}
