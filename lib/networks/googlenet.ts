import { checkOptions } from "../data/check_options.ts";
import {
  IMAGENET_OPTIONS,
  type ImageNetOptions,
  imageNetShape,
  sizeInName,
} from "./imagenet_options.ts";
import {
  concatenation,
  convolution,
  dense,
  dropout,
  globalAveragePool,
  type Layer,
  localResponseNorm,
  maxPool,
  type Network,
  relu,
} from "./layer.ts";

/**
 * Filters of an Inception module, in the order of the columns of Table 1: 1x1,
 * 3x3 reduce, 3x3, 5x5 reduce, 5x5, pool projection.
 */
type InceptionFilters = readonly [
  ones: number,
  threesReduce: number,
  threes: number,
  fivesReduce: number,
  fives: number,
  projection: number,
];

/** The modules by their names in Table 1, at 28, 14 and 7 pixels. */
const STAGES: readonly Readonly<Record<string, InceptionFilters>>[] = [
  {
    "3a": [64, 96, 128, 16, 32, 32],
    "3b": [128, 128, 192, 32, 96, 64],
  },
  {
    "4a": [192, 96, 208, 16, 48, 64],
    "4b": [160, 112, 224, 24, 64, 64],
    "4c": [128, 128, 256, 24, 64, 64],
    "4d": [112, 144, 288, 32, 64, 64],
    "4e": [256, 160, 320, 32, 128, 128],
  },
  {
    "5a": [256, 160, 320, 32, 128, 128],
    "5b": [384, 192, 384, 48, 128, 128],
  },
];

/** Max poolings between stages, which halve what they read. */
const HALVE = { stride: 2, rounding: "ceil" } as const;

/**
 * GoogLeNet, the first network of Inception modules (Szegedy et al. 2014, "Going
 * deeper with convolutions", Table 1 and Fig. 3), 22 weighted layers deep. The
 * paper gives no numbers for its local response normalisations: AlexNet's stand
 * here.
 *
 * Without the two auxiliary classifiers, and with no option for them: a
 * {@linkcode Network} has one output, theirs serve in training only, where their
 * losses are added with weights of 0.3 (section 5), and the paper discards them
 * afterwards. The rows of R15 Tables 3 to 5 are errors without them.
 * Trained from the start, ours lacks the gradients that they would bring.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If a number is not an integer greater than 0.
 *
 * @example The paper's Inception module (3a): 256 channels
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { googLeNet } from "./googlenet.ts";
 * import { layers } from "./layers.ts";
 *
 * const channels = layers(googLeNet())
 *   .filter(({ name }) => /^inception3a\/(1x1|3x3|5x5|poolProjection)$/.test(name))
 *   .map(({ output }) => output.at(-1));
 * assertEquals(channels, [64, 128, 32, 32]);
 * ```
 */
export function googLeNet(options: ImageNetOptions = {}): Network {
  checkOptions(options, IMAGENET_OPTIONS);
  const { input, classes } = imageNetShape(options);
  const [first = [], ...later] = STAGES.map((modules) =>
    Object.entries(modules).map(([name, filters]) =>
      inception(`inception${name}`, filters)
    )
  );
  return {
    name: `GoogLeNet${sizeInName(options)}`,
    input,
    layers: [
      ...convolved("conv1", 64, 7, 2),
      maxPool("pool1", 3, HALVE),
      localResponseNorm("norm1"),
      ...convolved("conv2Reduce", 64, 1),
      ...convolved("conv2", 192, 3),
      localResponseNorm("norm2"),
      maxPool("pool2", 3, HALVE),
      ...first,
      ...later.flatMap((modules, i) => [
        maxPool(`pool${i + 3}`, 3, HALVE),
        ...modules,
      ]),
      globalAveragePool("pool"),
      dropout("dropout", 0.4),
      dense("classifier", classes),
    ],
  };
}

/** An Inception module with dimension reductions (Fig. 2 (b)). */
function inception(name: string, filters: InceptionFilters): Layer {
  const [ones, threesReduce, threes, fivesReduce, fives, projection] = filters;
  return concatenation(name, [
    convolved("1x1", ones, 1),
    [
      ...convolved("3x3Reduce", threesReduce, 1),
      ...convolved("3x3", threes, 3),
    ],
    [
      ...convolved("5x5Reduce", fivesReduce, 1),
      ...convolved("5x5", fives, 5),
    ],
    [
      maxPool("pool", 3, { stride: 1, padding: 1 }),
      ...convolved("poolProjection", projection, 1),
    ],
  ]);
}

/** A convolution and its ReLU, such as "conv1" and "conv1Relu". */
function convolved(
  name: string,
  filters: number,
  kernelSize: number,
  stride = 1,
): Layer[] {
  return [
    convolution(name, filters, kernelSize, { stride, bias: true }),
    relu(`${name}Relu`),
  ];
}
