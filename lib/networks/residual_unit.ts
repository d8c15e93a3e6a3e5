import { checkOneOf } from "../data/check_one_of.ts";
import {
  batchNorm,
  convolution,
  type Layer,
  relu,
  residual,
  sequence,
  zeroPadShortcut,
} from "./layer.ts";

/** All options of shortcuts. */
export const SHORTCUT_OPTIONS = ["A", "B", "C"] as const;

/**
 * Shortcuts (R15 section 4.1): "A" has no parameters, and adds channels of
 * zeros where dimensions change; "B" is a 1x1 convolution where dimensions
 * change, and the identity elsewhere; "C" is a 1x1 convolution everywhere.
 */
export type ShortcutOption = typeof SHORTCUT_OPTIONS[number];

/** All places of batch normalisation and ReLU, in the order of R16 Fig. 4. */
export const UNIT_ACTIVATIONS = [
  "original",
  "batchNormAfterAddition",
  "reluBeforeAddition",
  "reluOnlyPreActivation",
  "preActivation",
] as const;

/**
 * Where batch normalisation and ReLU stand (R16 Fig. 4):
 *
 * - "original" (a): ReLU after the addition (R15 Fig. 2);
 * - "batchNormAfterAddition" (b): batch normalisation and ReLU after it;
 * - "reluBeforeAddition" (c): both at the end of the body, nothing after the
 *   addition;
 * - "reluOnlyPreActivation" (d): ReLU before each convolution, batch
 *   normalisation after it;
 * - "preActivation" (e): both before each convolution.
 */
export type UnitActivation = typeof UNIT_ACTIVATIONS[number];

/** A convolution of a residual unit. */
export interface UnitConvolution {
  readonly filters: number;
  readonly kernelSize: number;
  readonly stride: number;
}

/** Options of {@linkcode residualUnit}. */
export interface ResidualUnitOptions {
  /** Its convolutions in order, which its body is made of. */
  readonly convolutions: readonly UnitConvolution[];
  /** Number of input channels. */
  readonly channels: number;
  readonly shortcut: ShortcutOption;
  readonly activation: UnitActivation;
  /**
   * Whether both ways read what the first activation gives, as in the first
   * unit of a pre-activation network. So it is wherever the shortcut is not the
   * identity. Of no effect where no activation comes first.
   */
  readonly shared?: boolean;
  /**
   * Whether what comes in has passed the first activation already, and the unit
   * starts with its convolution.
   */
  readonly activated?: boolean;
}

/** A layer of a body. */
type Step = "convolution" | "norm" | "relu";

interface Placement {
  /** A convolution and the layers that come with it, in order. */
  readonly steps: readonly Step[];
  /** How many of a unit's layers come first that both ways can share. */
  readonly first: number;
  /** How many of a unit's layers follow the addition. */
  readonly last: number;
  /** Whether what is added has been normalised. */
  readonly addsNormalised: boolean;
}

const AFTER: readonly Step[] = ["convolution", "norm", "relu"];

const PLACEMENTS: Readonly<Record<UnitActivation, Placement>> = {
  original: { steps: AFTER, first: 0, last: 1, addsNormalised: true },
  batchNormAfterAddition: {
    steps: AFTER,
    first: 0,
    last: 2,
    addsNormalised: false,
  },
  reluBeforeAddition: { steps: AFTER, first: 0, last: 0, addsNormalised: true },
  reluOnlyPreActivation: {
    steps: ["relu", "convolution", "norm"],
    first: 1,
    last: 0,
    addsNormalised: true,
  },
  preActivation: {
    steps: ["norm", "relu", "convolution"],
    first: 2,
    last: 0,
    addsNormalised: false,
  },
};

/**
 * Two 3x3 convolutions (R15 Fig. 5, left), the first of which has the stride.
 */
export function basicConvolutions(
  filters: number,
  stride: number,
): UnitConvolution[] {
  return [
    { filters, kernelSize: 3, stride },
    { filters, kernelSize: 3, stride: 1 },
  ];
}

/**
 * A 1x1 convolution to a quarter of the channels, a 3x3 convolution, and a 1x1
 * convolution to all channels (R15 Fig. 5, right).
 *
 * @param filters Number of output channels.
 * @param strideOn The convolution that has the stride: the paper's is the first,
 * 1x1; many later implementations' is the 3x3, which drops no pixel unseen.
 */
export function bottleneckConvolutions(
  filters: number,
  stride: number,
  strideOn: "1x1" | "3x3" = "1x1",
): UnitConvolution[] {
  const inner = filters / 4;
  const [first, second] = strideOn === "1x1" ? [stride, 1] : [1, stride];
  return [
    { filters: inner, kernelSize: 1, stride: first },
    { filters: inner, kernelSize: 3, stride: second },
    { filters, kernelSize: 1, stride: 1 },
  ];
}

/**
 * One 3x3 convolution: "each shortcut skips only 1 layer" (R16 section 4.1,
 * Table 3).
 */
export function singleConvolution(
  filters: number,
  stride: number,
): UnitConvolution[] {
  return [{ filters, kernelSize: 3, stride }];
}

/**
 * A residual unit (R15 eqs. 1 and 2; R16 eqs. 1 and 2), its layers named conv1,
 * norm1, relu1, conv2 and so on, and on its shortcut "shortcut" in option A or
 * else "projection", with "projectionNorm" where the body's end is normalised
 * before the addition, too.
 *
 * Where activation comes first and the shortcut is not the identity, both ways
 * share the first activation, as in the authors' code (KaimingHe/resnet-1k-layers
 * on GitHub).
 *
 * @throws {RangeError} If there is no such shortcut or activation.
 *
 * @example Layers in order, the shortcut's last
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { basicConvolutions, residualUnit } from "./residual_unit.ts";
 * import { operations } from "./walk.ts";
 *
 * const unit = residualUnit("unit", {
 *   convolutions: basicConvolutions(16, 1),
 *   channels: 16,
 *   shortcut: "A",
 *   activation: "preActivation",
 * });
 * const network = { name: "one unit", input: [32, 32, 16], layers: [unit] } as const;
 * assertEquals(
 *   operations(network).map(({ path }) => path).join(" "),
 *   "unit/norm1 unit/relu1 unit/conv1 unit/norm2 unit/relu2 unit/conv2",
 * );
 * ```
 */
export function residualUnit(
  name: string,
  options: ResidualUnitOptions,
): Layer {
  const { convolutions, activation, shared = false, activated = false } =
    options;
  checkOneOf(options.shortcut, SHORTCUT_OPTIONS, "shortcut");
  checkOneOf(activation, UNIT_ACTIVATIONS, "activation");
  const { steps, first, last } = PLACEMENTS[activation];
  const all = convolutions.flatMap((convolution, i) =>
    steps.map((step) => layerOf(step, convolution, i + 1))
  );
  const shortcut = shortcutOf(options);
  const start = activated ? first : 0;
  const split = shared || shortcut.length > 0 ? first : start;
  const addition = all.length - last;
  const before = all.slice(start, split);
  const body = all.slice(split, addition);
  const after = all.slice(addition);
  return before.length + after.length === 0
    ? residual(name, body, shortcut)
    : sequence(name, [...before, residual("", body, shortcut), ...after]);
}

/**
 * The layers "closingNorm" and "closingRelu" that an activation asks for after
 * the last unit's addition (R16 appendix): none where each unit ends in one.
 */
export function closingActivation(activation: UnitActivation): Layer[] {
  const { steps, first } = PLACEMENTS[activation];
  return steps.slice(0, first).map((step) =>
    step === "norm" ? batchNorm("closingNorm") : relu("closingRelu")
  );
}

function layerOf(step: Step, conv: UnitConvolution, number: number): Layer {
  switch (step) {
    case "convolution": {
      const { filters, kernelSize, stride } = conv;
      return convolution(`conv${number}`, filters, kernelSize, { stride });
    }
    case "norm":
      return batchNorm(`norm${number}`);
    case "relu":
      return relu(`relu${number}`);
  }
}

/** Nothing where the shortcut is the identity. */
function shortcutOf(
  { convolutions, channels, shortcut, activation }: ResidualUnitOptions,
): Layer[] {
  const filters = convolutions.at(-1)?.filters ?? channels;
  const stride = convolutions.reduce((all, { stride }) => all * stride, 1);
  const keepsDimensions = stride === 1 && filters === channels;
  if (shortcut !== "C" && keepsDimensions) return [];
  if (shortcut === "A") return [zeroPadShortcut("shortcut", filters, stride)];
  const projection = convolution("projection", filters, 1, { stride });
  return PLACEMENTS[activation].addsNormalised
    ? [projection, batchNorm("projectionNorm")]
    : [projection];
}
