import { assertEquals, assertThrows } from "@std/assert";
import { depthOf } from "../../lib/networks/count.ts";
import {
  activation,
  averagePool,
  batchNorm,
  concatenation,
  convolution,
  dense,
  dropout,
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
  spatialPyramidPool,
  zeroPadShortcut,
} from "../../lib/networks/layer.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { outputShape, outputShapeOfAll } from "../../lib/networks/shape.ts";
import { mapLayers } from "../../lib/networks/variants.ts";
import { operations } from "../../lib/networks/walk.ts";

Deno.test("the description carries pre-activation and gates", () => {
  const body: Layer[] = [
    batchNorm("norm1"),
    relu("relu1"),
    convolution("conv1", 16, 3),
  ];
  const gate: Layer[] = [
    convolution("gate", 16, 1, { bias: true }),
    activation("sigmoid", "sigmoid"),
  ];
  const network: Network = {
    name: "gated",
    input: [8, 8, 16],
    layers: [
      residual("pre", body),
      gated("highway", { body, gate }),
    ],
  };
  const unit = 2 * 16 + 9 * 16 * 16;
  assertEquals(countParameters(network), 2 * unit + 16 * 16 + 16);
  assertEquals(depthOf(network), 2);
});

Deno.test("shapes that do not fit are named by the layer's full path", () => {
  const refused = (layers: Layer[], message: string) => {
    const network: Network = { name: "wrong", input: [8, 8, 16], layers };
    assertThrows(() => operations(network), RangeError, message);
    assertThrows(
      () => outputShapeOfAll(layers, [8, 8, 16]),
      RangeError,
      message,
    );
  };
  const inUnit = (layers: Layer[]) => [
    sequence("stage1", [sequence("unit2", layers)]),
  ];
  const conv = convolution("conv", 32, 3);
  refused(
    inUnit([residual("", [conv])]),
    "Expected both ways of stage1/unit2 to give the same shape but found [8, 8, 32] and [8, 8, 16]",
  );
  refused(
    [residual("", [conv])],
    "Expected both ways of a layer without a name to give the same shape",
  );
  refused(
    inUnit([
      gated("highway", { body: [conv], gate: [convolution("gate", 32, 1)] }),
    ]),
    "Expected body, gate and shortcut of stage1/unit2/highway to give the same shape but found [8, 8, 32], [8, 8, 32], and [8, 8, 16]",
  );
  refused(
    inUnit([concatenation("join", [[], [maxPool("pool", 2)]])]),
    "Expected branches of stage1/unit2/join to give images of the same height and width but found [8, 8, 16] and [4, 4, 16]",
  );
  refused(
    inUnit([concatenation("join", [])]),
    "Expected stage1/unit2/join to have branches but found none",
  );
  refused(
    inUnit([dense("classifier", 10)]),
    "Expected stage1/unit2/classifier to get features but found shape [8, 8, 16]",
  );
  refused(
    inUnit([globalAveragePool("pool"), localResponseNorm("norm")]),
    "Expected stage1/unit2/norm to get an image but found shape [16]",
  );
  refused(
    inUnit([convolution("conv", 4, 11, { padding: 0 })]),
    "Expected stage1/unit2/conv to get an image of at least 11 pixels a side but found 8 x 8",
  );
  refused(
    inUnit([convolution("conv", 9, 3, { groups: 2 })]),
    "Expected groups of stage1/unit2/conv to divide 16 channels and 9 filters but found 2",
  );
  refused(
    inUnit([zeroPadShortcut("shortcut", 8)]),
    "Expected stage1/unit2/shortcut to add channels but it goes from 16 to 8",
  );
});

Deno.test("numbers out of range are named", () => {
  const cases: [Layer, string][] = [
    [dropout("drop", 1), "rate of drop to be from 0 to below 1 but found 1"],
    [dropout("drop", NaN), "rate of drop to be from 0 to below 1"],
    [
      localResponseNorm("norm", { size: 4 }),
      "size of norm to be an odd integer but found 4",
    ],
    [
      averagePool("pool", 2, { padding: 2 }),
      "padding of pool to be below its size 2 but found 2",
    ],
    [
      spatialPyramidPool("pyramid", [2, 0]),
      "bins of pyramid to be integers greater than 0 but found 0",
    ],
  ];
  for (const [layer, message] of cases) {
    assertThrows(() => outputShape(layer, [8, 8, 16]), RangeError, message);
  }
});

Deno.test("mapLayers() and ways reach layers inside every kind", () => {
  const inner = relu("inner");
  const network: Network = {
    name: "nested",
    input: [8, 8, 4],
    layers: [
      concatenation("join", [[
        gated("highway", {
          body: [residual("unit", [inner])],
          gate: [activation("gate", "sigmoid")],
        }),
      ], []]),
    ],
  };
  const changed = mapLayers(
    network,
    (layer) => layer.kind === "activation" ? scale(layer.name, 2) : layer,
  );
  assertEquals(
    operations(changed).map(({ path, layer, onShortcut }) => [
      path,
      layer.kind,
      onShortcut,
    ]),
    [["join/highway/unit/inner", "scale", false], [
      "join/highway/gate",
      "scale",
      true,
    ]],
  );
});
