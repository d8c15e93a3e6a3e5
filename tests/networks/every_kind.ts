import {
  activation,
  averagePool,
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
  parametricRelu,
  relu,
  residual,
  scale,
  sequence,
  spatialPyramidPool,
  zeroPadShortcut,
} from "../../lib/networks/layer.ts";

const gate: Layer[] = [
  convolution("gate", 4, 1, { bias: true, initialBias: -1 }),
  activation("open", "sigmoid"),
];

/** An image's height, width and channels: no two alike, none even and square. */
export const IMAGE_SHAPE = [5, 7, 4] as const;

/** Layers of every kind for an image of {@linkcode IMAGE_SHAPE}. */
export const EVERY_KIND = {
  convolution: [
    convolution("all", 3, 3, { stride: 2, bias: true }),
    convolution("groups", 6, 3, { groups: 2 }),
    convolution("wide", 2, 5, { padding: 0, groups: 2, bias: true }),
  ],
  dense: [
    sequence("bias", [flatten("flatten"), dense("dense", 3)]),
    sequence("none", [flatten("flatten"), dense("dense", 3, { bias: false })]),
  ],
  batchNorm: [
    batchNorm("images"),
    sequence("features", [globalAveragePool("pool"), batchNorm("norm")]),
  ],
  activation: (["relu", "sigmoid", "tanh", "softsign"] as const).map((kind) =>
    activation(kind, kind)
  ),
  parametricRelu: [
    parametricRelu("images"),
    sequence("features", [flatten("flatten"), parametricRelu("relu")]),
  ],
  localResponseNorm: [
    localResponseNorm("own", { size: 3, alpha: 0.6, beta: 0.7, bias: 1.5 }),
    localResponseNorm("alexnet"),
  ],
  maxPool: [
    maxPool("halves", 2),
    maxPool("overlapping", 3, { stride: 2, padding: 1 }),
    maxPool("ceil", 3, { stride: 3, rounding: "ceil" }),
  ],
  averagePool: [
    averagePool("halves", 2),
    averagePool("overlapping", 3, { stride: 2, padding: 1 }),
    averagePool("ceil", 3, { stride: 3, padding: 1, rounding: "ceil" }),
  ],
  globalAveragePool: [globalAveragePool("pool")],
  spatialPyramidPool: [spatialPyramidPool("pyramid", [3, 2, 1])],
  zeroPadShortcut: [zeroPadShortcut("same", 5), zeroPadShortcut("half", 6, 2)],
  flatten: [flatten("flatten")],
  dropout: [dropout("half", 0.5), dropout("none", 0)],
  scale: [scale("half", 0.5)],
  sequence: [
    sequence("two", [activation("tanh", "tanh"), scale("twice", 2)]),
    sequence("empty", []),
  ],
  residual: [
    residual("identity", [convolution("conv", 4, 3)]),
    residual("projection", [convolution("conv", 6, 3, { stride: 2 })], [
      zeroPadShortcut("shortcut", 6, 2),
    ]),
  ],
  gated: [
    gated("highway", { body: [activation("tanh", "tanh")], gate }),
    gated("shortcut", {
      body: [convolution("conv", 4, 3)],
      gate,
      shortcut: [scale("half", 0.5)],
      gates: "shortcut",
    }),
  ],
  concatenation: [
    concatenation("inception", [
      [convolution("conv", 2, 1)],
      [
        maxPool("pool", 3, { stride: 1, padding: 1 }),
        convolution("after", 3, 1),
      ],
      [],
    ]),
    concatenation("features", [[globalAveragePool("pool")], [
      spatialPyramidPool("pyramid", [2]),
      relu("relu"),
    ]]),
  ],
} satisfies Record<Layer["kind"], readonly Layer[]>;
