import { alexNet } from "./alexnet.ts";
import { CIFAR_UNITS, cifarPlain, cifarResNet } from "./cifar.ts";
import { cifarHighway } from "./cifar_highway.ts";
import { type Family, family } from "./family.ts";
import { glorotBengio } from "./glorot_bengio.ts";
import { googLeNet } from "./googlenet.ts";
import { highway } from "./highway.ts";
import {
  BOTTLENECK_STRIDES,
  IMAGENET_ACTIVATIONS,
  imageNetPlain,
  imageNetResNet,
} from "./imagenet.ts";
import { ACTIVATIONS, type Network } from "./layer.ts";
import { preluNet } from "./prelu_net.ts";
import { SHORTCUT_OPTIONS, UNIT_ACTIVATIONS } from "./residual_unit.ts";
import {
  withConstantScaling,
  withConvolutionShortcuts,
  withDropoutShortcuts,
  withExclusiveGating,
  withShortcutOnlyGating,
} from "./shortcut_variants.ts";
import { vgg } from "./vgg.ts";
import { zfNet } from "./zfnet.ts";

const IMAGE_SIZE = { imageSize: "number" } as const;

/** All families of networks by the first part of their names. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  "cifar-plain": family({
    about: "plain, 6n + 2 layers (R15 section 4.2)",
    size: "depth",
    example: 20,
    options: {},
    build: (depth, _, { channels, classes }) =>
      cifarPlain({ depth, channels, classes }),
  }),
  "cifar-resnet": family({
    about: "residual, 6n + 2 layers (R15 section 4.2; R16)",
    size: "depth",
    example: 20,
    options: {
      /** Of 9n + 2 layers with bottlenecks, of 3n + 2 with single layers. */
      unit: CIFAR_UNITS,
      shortcut: SHORTCUT_OPTIONS,
      /** R16 Fig. 4. */
      activation: UNIT_ACTIVATIONS,
      /** R16 Fig. 2. */
      variant: [
        "constantScaling",
        "exclusiveGating",
        "shortcutOnlyGating",
        "convolution",
        "dropout",
      ],
      shortcutScale: "number",
      bodyScale: "number",
      gateBias: "number",
      dropoutRate: "number",
    },
    build: (
      depth,
      { unit, shortcut, activation, ...variant },
      { channels, classes },
    ) =>
      varied(
        cifarResNet({
          ...{ depth, channels, classes },
          ...unit && { unit },
          ...shortcut && { shortcut },
          ...activation && { activation },
        }),
        variant,
      ),
  }),
  "cifar-highway": family({
    about: "convolutional highway network of 19 layers (Srivastava 2015)",
    size: "depth",
    example: 19,
    options: { gateBias: "number", dropout: "number" },
    build: (depth, options, { channels, classes }) =>
      cifarHighway({
        ...options,
        highwayLayers: highwayLayers(depth),
        ...{ channels, classes },
      }),
  }),
  "highway": family({
    about: "fully connected highway network (Srivastava 2015)",
    size: "hidden layers",
    example: 10,
    options: { units: "number", gateBias: "number", activation: ACTIVATIONS },
    build: (hiddenLayers, options, { height, width, channels, classes }) =>
      highway({
        ...{ hiddenLayers, classes, ...options },
        input: [height, width, channels],
      }),
  }),
  "glorot-bengio": family({
    about: "fully connected (Glorot and Bengio 2010)",
    size: "hidden layers",
    example: 5,
    options: { units: "number", activation: ACTIVATIONS },
    build: (
      hiddenLayers,
      { activation = "tanh", ...options },
      { height, width, channels, classes },
    ) =>
      glorotBengio({
        ...{ hiddenLayers, activation, classes, ...options },
        input: [height, width, channels],
      }),
  }),
  "imagenet-plain": family({
    about: "plain, for ImageNet (R15 Fig. 3)",
    sizes: [18, 34],
    options: IMAGE_SIZE,
    build: (depth, options, { classes }) =>
      imageNetPlain({ depth, ...options, classes }),
  }),
  "imagenet-resnet": family({
    about: "residual, for ImageNet (R15 Table 1; R16 section 5)",
    sizes: [18, 34, 50, 101, 152, 200],
    options: {
      shortcut: SHORTCUT_OPTIONS,
      stride: BOTTLENECK_STRIDES,
      activation: IMAGENET_ACTIVATIONS,
      ...IMAGE_SIZE,
    },
    build: (depth, options, { classes }) =>
      imageNetResNet({ depth, ...options, classes }),
  }),
  "vgg": family({
    about: "VGG (Simonyan and Zisserman 2014)",
    sizes: [16, 19],
    options: IMAGE_SIZE,
    build: (depth, options, { classes }) => vgg({ depth, ...options, classes }),
  }),
  "alexnet": imageNetFamily("AlexNet (Krizhevsky 2012)", alexNet),
  "zfnet": imageNetFamily("ZFNet (Zeiler and Fergus 2013)", zfNet),
  "googlenet": imageNetFamily("GoogLeNet (Szegedy 2014)", googLeNet),
  "prelu-net": imageNetFamily("PReLU-net A (He 2015)", preluNet),
};

/** A family of one network. */
function imageNetFamily(
  about: string,
  build: (options: { classes: number; imageSize?: number }) => Network,
): Family {
  return family({
    about,
    options: IMAGE_SIZE,
    build: (_, options, { classes }) => build({ ...options, classes }),
  });
}

/** Highway layers of three stages, such as 4, 5 and 5 of 19 layers. */
function highwayLayers(depth: number): [number, number, number] {
  const layers = depth - 5;
  if (layers < 0) {
    throw new RangeError(
      `Expected a depth of 5 layers or more but found ${depth}`,
    );
  }
  const part = (stage: number) => Math.floor((layers + stage) / 3);
  return [part(0), part(1), part(2)];
}

/** How R16 Fig. 2 changes a network's shortcuts. */
interface Variant {
  readonly variant?:
    | "constantScaling"
    | "exclusiveGating"
    | "shortcutOnlyGating"
    | "convolution"
    | "dropout";
  readonly shortcutScale?: number;
  readonly bodyScale?: number;
  readonly gateBias?: number;
  readonly dropoutRate?: number;
}

/** The options that each variant has. */
const VARIANT_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  constantScaling: ["shortcutScale", "bodyScale"],
  exclusiveGating: ["gateBias"],
  shortcutOnlyGating: ["gateBias"],
  convolution: [],
  dropout: ["dropoutRate"],
};

function varied(network: Network, { variant, ...given }: Variant): Network {
  const has = variant === undefined ? [] : VARIANT_OPTIONS[variant] ?? [];
  const foreign = Object.keys(given).find((name) => !has.includes(name));
  if (foreign !== undefined) {
    const variants = Object.keys(VARIANT_OPTIONS)
      .filter((name) => VARIANT_OPTIONS[name]?.includes(foreign));
    throw new Error(
      `Expected variant=${
        variants.join(" or variant=")
      } with ${foreign} but found ${variant ?? "none"}`,
    );
  }
  if (variant === undefined) return network;
  // What is left out is the best setting of R16 Table 1.
  const { shortcutScale = 0.5, bodyScale = 0.5 } = given;
  const { gateBias = -6, dropoutRate = 0.5 } = given;
  switch (variant) {
    case "constantScaling":
      return withConstantScaling(network, {
        shortcut: shortcutScale,
        body: bodyScale,
      });
    case "exclusiveGating":
      return withExclusiveGating(network, { initialBias: gateBias });
    case "shortcutOnlyGating":
      return withShortcutOnlyGating(network, { initialBias: gateBias });
    case "convolution":
      return withConvolutionShortcuts(network);
    case "dropout":
      return withDropoutShortcuts(network, { rate: dropoutRate });
  }
}
