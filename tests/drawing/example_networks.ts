/** Networks and units of the papers, written out here for the drawings. */
import {
  activation,
  batchNorm,
  concatenation,
  convolution,
  dense,
  dropout,
  flatten,
  gated,
  globalAveragePool,
  type Layer,
  localResponseNorm,
  maxPool,
  type Network,
  relu,
  residual,
  scale,
  sequence,
  zeroPadShortcut,
} from "../../lib/networks/layer.ts";
import { withoutShortcuts } from "../../lib/networks/variants.ts";

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

/** R15 Fig. 5, left. */
export function basicUnit(
  name: string,
  filters: number,
  stride: number,
): Layer {
  return sequence(name, [
    residual("", [
      convolution("conv1", filters, 3, { stride }),
      batchNorm("norm1"),
      relu("relu1"),
      convolution("conv2", filters, 3),
      batchNorm("norm2"),
    ], stride === 1 ? [] : projection(filters, stride)),
    relu("relu2"),
  ]);
}

/** R15 Fig. 5, right. */
export function bottleneck(
  name: string,
  filters: number,
  first: boolean,
  stride: number,
): Layer {
  return sequence(name, [
    residual("", [
      convolution("conv1", filters, 1, { stride }),
      batchNorm("norm1"),
      relu("relu1"),
      convolution("conv2", filters, 3),
      batchNorm("norm2"),
      relu("relu2"),
      convolution("conv3", 4 * filters, 1),
      batchNorm("norm3"),
    ], first ? projection(4 * filters, stride) : []),
    relu("relu3"),
  ]);
}

function projection(filters: number, stride: number): Layer[] {
  return [
    convolution("projection", filters, 1, { stride }),
    batchNorm("projectionNorm"),
  ];
}

export const RESNET_34 = imageNet(
  "ResNet-34",
  [3, 4, 6, 3],
  (name, filters, _first, stride) => basicUnit(name, filters, stride),
);
export const PLAIN_34 = withoutShortcuts(RESNET_34, "plain-34");
export const RESNET_50 = imageNet("ResNet-50", [3, 4, 6, 3], bottleneck);
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

/** An Inception module (Szegedy et al. 2014, Table 1, "3a" by default). */
export function inception(
  name: string,
  [one, reduce3, three, reduce5, five, pool] = [64, 96, 128, 16, 32, 32],
): Layer {
  const conv = (name: string, filters = 0, size: number) => [
    convolution(name, filters, size, { bias: true }),
    relu(`${name}Relu`),
  ];
  return concatenation(name, [
    conv("one", one, 1),
    [...conv("reduce3", reduce3, 1), ...conv("three", three, 3)],
    [...conv("reduce5", reduce5, 1), ...conv("five", five, 5)],
    [
      maxPool("pool", 3, { stride: 1, padding: 1 }),
      ...conv("poolProject", pool, 1),
    ],
  ]);
}

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

const CONVOLUTIONS = [1, 2].map((i) => convolution(`conv${i}`, 16, 3)) as [
  Layer,
  Layer,
];
const [CONV1, CONV2] = CONVOLUTIONS;
const [NORM1, NORM2] = [batchNorm("norm1"), batchNorm("norm2")];
const [RELU1, RELU2] = [relu("relu1"), relu("relu2")];
/** Two 3x3 convolutions of 16 filters, as in R16 Fig. 2. */
const BODY = [CONV1, NORM1, RELU1, CONV2, NORM2];

/** The five placements of R16 Fig. 4, (a) to (e). */
export const PLACEMENTS = {
  original: sequence("original", [residual("", BODY), RELU2]),
  normAfterAddition: sequence("normAfterAddition", [
    residual("", [CONV1, NORM1, RELU1, CONV2]),
    NORM2,
    RELU2,
  ]),
  reluBeforeAddition: residual("reluBeforeAddition", [...BODY, RELU2]),
  reluOnly: residual("reluOnly", [RELU1, CONV1, NORM1, RELU2, CONV2, NORM2]),
  preActivation: residual("preActivation", [
    NORM1,
    RELU1,
    CONV1,
    NORM2,
    RELU2,
    CONV2,
  ]),
} as const;

/** A pre-activation unit whose BN and ReLU both ways share (R16 appendix). */
export const SHARED_PRE_ACTIVATION = sequence("unit", [
  NORM1,
  RELU1,
  residual("", [
    convolution("conv1", 32, 3, { stride: 2 }),
    NORM2,
    RELU2,
    convolution("conv2", 32, 3),
  ], [convolution("projection", 32, 1, { stride: 2 })]),
]);

/** Option A of R15 section 3.3. */
export const ZERO_PADDED = sequence("unit", [
  residual("", [
    convolution("conv1", 32, 3, { stride: 2 }),
    NORM1,
    RELU1,
    convolution("conv2", 32, 3),
    NORM2,
  ], [zeroPadShortcut("shortcut", 32, 2)]),
  RELU2,
]);

const GATE = [
  convolution("gate", 16, 1, { bias: true, initialBias: -6 }),
  activation("sigmoid", "sigmoid"),
];

/** The shortcuts of R16 Fig. 2, (b) to (f). */
export const SHORTCUTS = {
  constantScaling: sequence("constantScaling", [
    residual("", [...BODY, scale("half", 0.5)], [scale("scale", 0.5)]),
    RELU2,
  ]),
  exclusiveGating: sequence("exclusiveGating", [
    gated("", { body: BODY, gate: GATE }),
    RELU2,
  ]),
  shortcutGating: sequence("shortcutGating", [
    gated("", { body: BODY, gate: GATE, gates: "shortcut" }),
    RELU2,
  ]),
  convolution: sequence("convolution", [
    residual("", BODY, [convolution("shortcut", 16, 1)]),
    RELU2,
  ]),
  dropout: sequence("dropout", [
    residual("", BODY, [dropout("dropout", 0.5)]),
    RELU2,
  ]),
} as const;

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
  return {
    name,
    input: [32, 32, 3],
    layers: [
      convolution("conv", 16, 3),
      batchNorm("norm"),
      relu("relu"),
      sequence("stage", [unit]),
      globalAveragePool("pool"),
      dense("classifier", 10),
    ],
  };
}
