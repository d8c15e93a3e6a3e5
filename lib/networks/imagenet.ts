import { checkOneOf } from "../data/check_one_of.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import {
  checkDepth,
  IMAGENET_OPTIONS,
  type ImageNetOptions,
  imageNetShape,
  sizeInName,
} from "./imagenet_options.ts";
import {
  batchNorm,
  convolution,
  dense,
  globalAveragePool,
  type Layer,
  maxPool,
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
} from "./residual_unit.ts";
import { withoutShortcuts } from "./variants.ts";

/** Depths of the papers' residual networks for ImageNet. */
export type ImageNetDepth = 18 | 34 | 50 | 101 | 152 | 200;

/** Where a bottleneck can have its stride: on its 1x1 or its 3x3 convolution. */
export const BOTTLENECK_STRIDES = ["paper", "v1.5"] as const;

/** Where the papers have activations in networks for ImageNet. */
export const IMAGENET_ACTIVATIONS = ["original", "preActivation"] as const;

/** Options of {@linkcode imageNetResNet}. */
export interface ImageNetResNetOptions extends ImageNetOptions {
  /** Weighted layers; from 50 on units are bottlenecks. */
  readonly depth: ImageNetDepth;
  /** Default "B", 1x1 convolutions where dimensions change. */
  readonly shortcut?: ShortcutOption;
  /**
   * The convolution of a bottleneck that has the stride: the first, 1x1, in the
   * paper (the default); the 3x3 in "v1.5", as many later implementations have
   * it: torchvision's weights are for "v1.5".
   */
  readonly stride?: typeof BOTTLENECK_STRIDES[number];
  /** Default "original"; "preActivation" is what R16 proposes. */
  readonly activation?: typeof IMAGENET_ACTIVATIONS[number];
}

const RESNET_OPTIONS: OptionNames<ImageNetResNetOptions> = {
  ...IMAGENET_OPTIONS,
  depth: true,
  shortcut: true,
  stride: true,
  activation: true,
};

const PLAIN_OPTIONS = { ...IMAGENET_OPTIONS, depth: true } as const;

/** Units of the stages at 56, 28, 14 and 7 pixels. */
const UNITS: Readonly<Record<ImageNetDepth, readonly number[]>> = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
  200: [3, 24, 36, 3],
};

const DEPTHS: readonly ImageNetDepth[] = [18, 34, 50, 101, 152, 200];

/** Filters of the first convolution, and of the first stage's 3x3 ones. */
const FILTERS = 64;

/**
 * A residual network for ImageNet (R15 Table 1; R16 section 5): a 7x7
 * convolution and a 3x3 max pooling, both of stride 2, four stages of residual
 * units, global average pooling and a fully connected layer. Units of 18 and 34
 * layers have two 3x3 convolutions, those of deeper networks are bottlenecks.
 *
 * In pre-activation networks the first batch normalisation and ReLU stand right
 * after the first convolution, and extra ones, "closingNorm" and "closingRelu",
 * after the last unit (R16 appendix). Where dimensions change both ways share
 * them, as in the authors' code for CIFAR. Of ResNet-200 R16 does not say so, nor
 * which convolution has the stride; a public version (preresnet.lua of
 * fb.resnet.torch on GitHub) has it on the 3x3 ("v1.5"), shortcuts that read what
 * comes in as it is, and batch normalisation after their convolution.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If the depth is not one of the papers', a number is not an
 * integer greater than 0, or a word is none of its option's.
 *
 * @example The published count of parameters
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { imageNetResNet } from "./imagenet.ts";
 * import { countParameters } from "./parameters.ts";
 *
 * assertEquals(countParameters(imageNetResNet({ depth: 50 })), 25557032);
 * ```
 *
 * @example A bottleneck of the paper and of "v1.5"
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { imageNetResNet } from "./imagenet.ts";
 * import { layers } from "./layers.ts";
 *
 * const strideOf = (stride: "paper" | "v1.5") =>
 *   layers(imageNetResNet({ depth: 50, stride }))
 *     .find(({ name }) => name === "stage2/unit1/conv2")?.stride;
 * assertEquals(strideOf("paper"), 1);
 * assertEquals(strideOf("v1.5"), 2);
 * ```
 */
export function imageNetResNet(options: ImageNetResNetOptions): Network {
  checkOptions(options, RESNET_OPTIONS);
  const depth = checkDepth(options.depth, DEPTHS, "ResNet for ImageNet");
  const { input, classes } = imageNetShape(options);
  const { stride = "paper", activation = "original" } = options;
  checkOneOf(stride, BOTTLENECK_STRIDES, "stride");
  checkOneOf(activation, IMAGENET_ACTIVATIONS, "activation");
  return {
    name: nameOf(options),
    input,
    layers: [
      convolution("conv", FILTERS, 7, { stride: 2 }),
      batchNorm("norm"),
      relu("relu"),
      maxPool("maxPool", 3, { stride: 2, padding: 1 }),
      ...UNITS[depth].map((units, stage) =>
        sequence(`stage${stage + 1}`, stageUnits(stage, units, options))
      ),
      ...closingActivation(activation),
      globalAveragePool("pool"),
      dense("classifier", classes),
    ],
  };
}

/**
 * The plain counterpart of {@linkcode imageNetResNet}: the same layers without
 * shortcuts (R15 section 3.3 and Fig. 3, middle).
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If the depth is not 18 or 34, or a number is not an integer
 * greater than 0.
 */
export function imageNetPlain(
  options: ImageNetOptions & { readonly depth: 18 | 34 },
): Network {
  checkOptions(options, PLAIN_OPTIONS);
  const depth = checkDepth(options.depth, [18, 34], "plain network");
  return withoutShortcuts(
    imageNetResNet({ ...options, shortcut: "A" }),
    `plain-${depth}${sizeInName(options)}`,
  );
}

function stageUnits(
  stage: number,
  units: number,
  options: ImageNetResNetOptions,
): Layer[] {
  const { shortcut = "B", activation = "original" } = options;
  const expansion = options.depth >= 50 ? 4 : 1;
  const filters = FILTERS * expansion * 2 ** stage;
  const before = stage === 0 ? FILTERS : filters / 2;
  return Array.from(
    { length: units },
    (_, unit) =>
      residualUnit(`unit${unit + 1}`, {
        convolutions: convolutionsOf(
          filters,
          stage > 0 && unit === 0 ? 2 : 1,
          options,
        ),
        channels: unit === 0 ? before : filters,
        shortcut,
        activation,
        activated: stage === 0 && unit === 0,
      }),
  );
}

function convolutionsOf(
  filters: number,
  stride: number,
  options: ImageNetResNetOptions,
) {
  if (options.depth < 50) return basicConvolutions(filters, stride);
  const strideOn = options.stride === "v1.5" ? "3x3" : "1x1";
  return bottleneckConvolutions(filters, stride, strideOn);
}

/** Such as "ResNet-34 A": what is not the default is named. */
function nameOf(options: ImageNetResNetOptions): string {
  const { depth, shortcut = "B", stride, activation } = options;
  return [
    ...activation === "preActivation" ? ["pre-activation"] : [],
    `ResNet-${depth}`,
    ...shortcut === "B" ? [] : [shortcut],
    ...depth >= 50 && stride === "v1.5" ? ["v1.5"] : [],
  ].join(" ") + sizeInName(options);
}
