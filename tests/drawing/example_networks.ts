/** Networks of the papers, written out here for the drawings. */
import {
  batchNorm,
  convolution,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  type Layer,
  localResponseNorm,
  maxPool,
  type Network,
  relu,
  residual,
  sequence,
} from "../../lib/networks/layer.ts";
import { withoutShortcuts } from "../../lib/networks/variants.ts";
import { aroundLayers } from "../around_layers.ts";
import { basicUnit, bottleneck, inception } from "./example_units.ts";

const IMAGE = [224, 224, 3] as const;
const STAGE_FILTERS = [64, 128, 256, 512];

/** R15 Table 1: stem, four stages of units, classifier. */
function imageNet(
  name: string,
  counts: readonly number[],
  unit: (
    name: string,
    filters: number,
    first: boolean,
    stride: number,
  ) => Layer,
): Network {
  return {
    name,
    input: IMAGE,
    layers: [
      convolution("conv", 64, 7, { stride: 2 }),
      batchNorm("norm"),
      relu("relu"),
      maxPool("maxPool", 3, { stride: 2, padding: 1 }),
      ...counts.map((count, stage) =>
        sequence(
          `stage${stage + 1}`,
          Array.from({ length: count }, (_, i) =>
            unit(
              `unit${i + 1}`,
              STAGE_FILTERS[stage]!,
              i === 0,
              i === 0 && stage > 0 ? 2 : 1,
            )),
        )
      ),
      globalAveragePool("pool"),
      dense("classifier", 1000),
    ],
  };
}

export const RESNET_34 = imageNet(
  "ResNet-34",
  [3, 4, 6, 3],
  (name, filters, _first, stride) => basicUnit(name, filters, stride),
);
export const PLAIN_34 = withoutShortcuts(RESNET_34, "plain-34");
export const RESNET_152 = imageNet("ResNet-152", [3, 8, 36, 3], bottleneck);

const VGG_STAGES: [filters: number, count: number][] = [
  [64, 2],
  [128, 2],
  [256, 4],
  [512, 4],
  [512, 4],
];

/** Simonyan and Zisserman 2014, model E. */
export const VGG_19: Network = {
  name: "VGG-19",
  input: IMAGE,
  layers: [
    ...VGG_STAGES.flatMap(([filters, count], stage) => [
      ...Array.from({ length: count }, (_, i) => [
        convolution(`conv${stage}_${i}`, filters, 3, { bias: true }),
        relu(`relu${stage}_${i}`),
      ]).flat(),
      maxPool(`pool${stage}`, 2),
    ]),
    flatten("flatten"),
    ...[1, 2].flatMap((i) => [
      dense(`fc${i}`, 4096),
      relu(`fcRelu${i}`),
      dropout(`dropout${i}`, 0.5),
    ]),
    dense("classifier", 1000),
  ],
};

/** The beginning of GoogLeNet. */
export const INCEPTION: Network = {
  name: "GoogLeNet's beginning",
  input: IMAGE,
  layers: [
    convolution("conv1", 64, 7, { stride: 2, bias: true }),
    relu("relu1"),
    maxPool("pool1", 3, { stride: 2, rounding: "ceil" }),
    localResponseNorm("norm1"),
    convolution("reduce", 64, 1, { bias: true }),
    relu("reduceRelu"),
    convolution("conv2", 192, 3, { bias: true }),
    relu("relu2"),
    localResponseNorm("norm2"),
    maxPool("pool2", 3, { stride: 2, rounding: "ceil" }),
    inception("3a"),
    inception("3b", [128, 128, 192, 32, 96, 64]),
    globalAveragePool("pool"),
    dense("classifier", 1000),
  ],
};

/** Full pre-activation on 32x32 images, n units a stage. */
export function preActivationNetwork(n: number): Network {
  const unit = (name: string, filters: number, i: number, stage: number) => {
    const stride = stage > 0 ? 2 : 1;
    const body = [
      convolution("conv1", filters, 3, { stride: i === 0 ? stride : 1 }),
      batchNorm("norm2"),
      relu("relu2"),
      convolution("conv2", filters, 3),
    ];
    const before = [batchNorm("norm1"), relu("relu1")];
    return i > 0 ? residual(name, [...before, ...body]) : sequence(name, [
      ...before,
      residual(
        "",
        body,
        stage > 0 ? [convolution("projection", filters, 1, { stride })] : [],
      ),
    ]);
  };
  return {
    name: `pre-activation ResNet-${6 * n + 2}`,
    input: [32, 32, 3],
    layers: [
      convolution("conv", 16, 3),
      ...[16, 32, 64].map((filters, stage) =>
        sequence(
          `stage${stage + 1}`,
          Array.from(
            { length: n },
            (_, i) => unit(`unit${i + 1}`, filters, i, stage),
          ),
        )
      ),
      batchNorm("norm"),
      relu("relu"),
      globalAveragePool("pool"),
      dense("classifier", 10),
    ],
  };
}

/** A network of one kind of unit on 32x32 images. */
export function networkOf(name: string, unit: Layer): Network {
  return aroundLayers(
    { name, input: [32, 32, 3], filters: 16, classes: 10 },
    [sequence("stage", [unit])],
  );
}
