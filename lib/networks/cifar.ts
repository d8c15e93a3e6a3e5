import { checkInteger } from "../data/check_integer.ts";
import { checkOneOf } from "../data/check_one_of.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import {
  batchNorm,
  convolution,
  dense,
  globalAveragePool,
  type Layer,
  type Network,
  relu,
  sequence,
} from "./layer.ts";
import {
  basicConvolutions,
  bottleneckConvolutions,
  closingActivation,
  residualUnit,
  type ShortcutOption,
  singleConvolution,
  type UnitActivation,
  type UnitConvolution,
} from "./residual_unit.ts";
import { withoutShortcuts } from "./variants.ts";

/** Options of all networks for 32x32 images. */
export interface CifarOptions {
  /** Weighted layers, `6n + 2`: 20, 32, 44, 56, 110, 1202, ... */
  readonly depth: number;
  /** Number of classes. Default 10. */
  readonly classes?: number;
  /** Colour channels of an image. Default 3. */
  readonly channels?: number;
}

const PLAIN_OPTIONS: OptionNames<CifarOptions> = {
  depth: true,
  classes: true,
  channels: true,
};

/** All that a unit's body can be made of. */
export const CIFAR_UNITS = ["basic", "bottleneck", "single"] as const;

/**
 * What a residual unit's body is made of: two 3x3 convolutions; a 1x1, a 3x3
 * and a 1x1 one; or a single 3x3 one.
 */
export type CifarUnit = typeof CIFAR_UNITS[number];

/** Options of {@linkcode cifarResNet}. */
export interface CifarResNetOptions extends Omit<CifarOptions, "depth"> {
  /**
   * Weighted layers: `6n + 2` of basic units (20, 32, 44, 56, 110, 1202),
   * `9n + 2` of bottlenecks (164, 1001), `3n + 2` of single layers (110).
   */
  readonly depth: number;
  /**
   * Default what the papers have at this depth: "bottleneck" at 164 and 1001,
   * else "basic".
   */
  readonly unit?: CifarUnit;
  /**
   * Default the papers': "A", without parameters; "B" for bottlenecks, 1x1
   * convolutions where dimensions change.
   */
  readonly shortcut?: ShortcutOption;
  /** Default "original"; "preActivation" is what R16 proposes. */
  readonly activation?: UnitActivation;
}

const RESNET_OPTIONS: OptionNames<CifarResNetOptions> = {
  depth: true,
  classes: true,
  channels: true,
  unit: true,
  shortcut: true,
  activation: true,
};

interface Unit {
  /** Weighted layers of a unit. */
  readonly layers: number;
  /** Filters of its last convolution over those of its first. */
  readonly expansion: number;
  readonly shortcut: ShortcutOption;
  readonly convolutions: (filters: number, stride: number) => UnitConvolution[];
}

const UNITS: Readonly<Record<CifarUnit, Unit>> = {
  basic: {
    layers: 2,
    expansion: 1,
    shortcut: "A",
    convolutions: basicConvolutions,
  },
  bottleneck: {
    layers: 3,
    expansion: 4,
    shortcut: "B",
    convolutions: bottleneckConvolutions,
  },
  single: {
    layers: 1,
    expansion: 1,
    shortcut: "A",
    convolutions: singleConvolution,
  },
};

/** Depths at which R16 has bottlenecks. */
const BOTTLENECK_DEPTHS = [164, 1001];

/** Filters of the first convolution, and of the first stage. */
const FILTERS = 16;

/** Stages, at 32x32, 16x16 and 8x8 pixels. */
const STAGES = [0, 1, 2];

/**
 * A residual network for CIFAR (R15 section 4.2; R16 sections 3 to 5): a 3x3
 * convolution with 16 filters, three stages of `n` residual units, global
 * average pooling and a fully connected layer. A stage has 16, 32 or 64 filters;
 * of bottlenecks 16-16-64, 32-32-128 or 64-64-256.
 *
 * Where activation comes before convolutions (R16 Fig. 4 (d) and (e)), the first
 * unit's stands right after the first convolution, before its ways part, and an
 * extra one, "closingNorm" and "closingRelu", after the last unit's addition
 * (R16 appendix). In (d) each convolution is followed by batch normalisation,
 * the first one too.
 *
 * R16 prints 10.2M parameters for ResNet-1001: its convolutions and fully
 * connected layer have 10,178,490, batch normalisation 149,216 more.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If no `n` gives the depth, a number is not an integer
 * greater than 0, or a word is none of its option's.
 *
 * @example The papers' counts of parameters
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "./cifar.ts";
 * import { countParameters } from "./parameters.ts";
 *
 * assertEquals(countParameters(cifarResNet({ depth: 20 })), 269722); // 0.27M
 * assertEquals(countParameters(cifarResNet({ depth: 164 })), 1704154); // 1.7M
 * ```
 *
 * @example The pre-activation network of R16 Table 3
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "./cifar.ts";
 * import { depthOf } from "./count.ts";
 *
 * const network = cifarResNet({ depth: 1001, activation: "preActivation" });
 * assertEquals(network.name, "pre-activation ResNet-1001");
 * assertEquals(depthOf(network), 1001);
 * ```
 */
export function cifarResNet(options: CifarResNetOptions): Network {
  checkOptions(options, RESNET_OPTIONS);
  const { depth, classes = 10, channels = 3, activation = "original" } =
    options;
  checkInteger(depth, "depth", 0);
  checkInteger(classes, "classes", 1);
  checkInteger(channels, "channels", 1);
  const { unit = usualUnit(depth) } = options;
  checkOneOf(unit, CIFAR_UNITS, "unit");
  const { shortcut = UNITS[unit].shortcut } = options;
  const units = unitsPerStage(depth, 3 * UNITS[unit].layers);
  return {
    name: nameOf({ depth, unit, shortcut, activation }),
    input: [32, 32, channels],
    layers: [
      convolution("conv", FILTERS, 3),
      ...stemActivation(activation),
      ...STAGES.map((stage) =>
        sequence(
          `stage${stage + 1}`,
          stageUnits(stage, units, { unit, shortcut, activation }),
        )
      ),
      ...closingActivation(activation),
      globalAveragePool("pool"),
      dense("classifier", classes),
    ],
  };
}

/**
 * The plain counterpart of {@linkcode cifarResNet}: the same layers without
 * shortcuts (R15 section 4.2).
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If the depth is not `6n + 2`, or a number is not an
 * integer greater than 0.
 */
export function cifarPlain(options: CifarOptions): Network {
  checkOptions(options, PLAIN_OPTIONS);
  // At any depth, where a residual network may have bottlenecks.
  const network = cifarResNet({ ...options, unit: "basic" });
  return withoutShortcuts(network, `plain-${options.depth}`);
}

type Design = Required<
  Pick<CifarResNetOptions, "unit" | "shortcut" | "activation">
>;

function stageUnits(
  stage: number,
  units: number,
  { unit, shortcut, activation }: Design,
): Layer[] {
  const { expansion, convolutions } = UNITS[unit];
  const filters = FILTERS * expansion * 2 ** stage;
  const before = stage === 0 ? FILTERS : filters / 2;
  return Array.from({ length: units }, (_, i) =>
    residualUnit(`unit${i + 1}`, {
      convolutions: convolutions(filters, stage > 0 && i === 0 ? 2 : 1),
      channels: i === 0 ? before : filters,
      shortcut,
      activation,
      shared: stage === 0 && i === 0,
    }));
}

/** What stands between the first convolution and the first unit. */
function stemActivation(activation: UnitActivation): Layer[] {
  switch (activation) {
    case "preActivation":
      return [];
    case "reluOnlyPreActivation":
      return [batchNorm("norm")];
    default:
      return [batchNorm("norm"), relu("relu")];
  }
}

function usualUnit(depth: number): CifarUnit {
  return BOTTLENECK_DEPTHS.includes(depth) ? "bottleneck" : "basic";
}

/** Such as "pre-activation ResNet-110 B": what is not usual is named. */
function nameOf(
  { depth, unit, shortcut, activation }: Design & { depth: number },
): string {
  const option = shortcut === UNITS[unit].shortcut ? "" : ` ${shortcut}`;
  const units = unit === usualUnit(depth) ? "" : UNIT_NAMES[unit];
  const name = `ResNet-${depth}${option}${units}`;
  return activation === "preActivation"
    ? `pre-activation ${name}`
    : name + ACTIVATION_NAMES[activation];
}

const UNIT_NAMES: Readonly<Record<CifarUnit, string>> = {
  basic: ", basic units",
  bottleneck: ", bottleneck units",
  single: ", 1-layer units",
};

const ACTIVATION_NAMES: Readonly<
  Record<Exclude<UnitActivation, "preActivation">, string>
> = {
  original: "",
  batchNormAfterAddition: ", BN after addition",
  reluBeforeAddition: ", ReLU before addition",
  reluOnlyPreActivation: ", ReLU-only pre-activation",
};

/** `n` of a depth of `layers * n + 2`. */
function unitsPerStage(depth: number, layers: number): number {
  const units = (depth - 2) / layers;
  if (Number.isInteger(units) && units > 0) return units;
  const below = layers * Math.max(1, Math.floor(units)) + 2;
  throw new RangeError(
    `Expected a depth of ${layers}n + 2 layers but found ${depth}: the nearest are ${below} and ${
      below + layers
    }`,
  );
}
