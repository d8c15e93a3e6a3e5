/** Units of the papers, written out here for the drawings. */
import {
  activation,
  batchNorm,
  concatenation,
  convolution,
  dropout,
  gated,
  type Layer,
  maxPool,
  relu,
  residual,
  scale,
  sequence,
  zeroPadShortcut,
} from "../../lib/networks/layer.ts";
import { unit } from "../weights/networks.ts";

/** R15 Fig. 5, left. */
export function basicUnit(
  name: string,
  filters: number,
  stride: number,
): Layer {
  const projection = stride === 1 ? undefined : [filters, 1, stride] as const;
  return unit(name, [[filters, 3, stride], [filters, 3]], projection);
}

/** R15 Fig. 5, right. */
export function bottleneck(
  name: string,
  filters: number,
  first: boolean,
  stride: number,
): Layer {
  const outer = 4 * filters;
  const kernels = [[filters, 1, stride], [filters, 3], [outer, 1]] as const;
  return unit(name, kernels, first ? [outer, 1, stride] : undefined);
}

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
