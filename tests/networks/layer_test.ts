import { assertEquals, assertThrows } from "@std/assert";
import { countMultiplyAdds, depthOf } from "../../lib/networks/count.ts";
import {
  activation,
  batchNorm,
  convolution,
  dense,
  flatten,
  gated,
  globalAveragePool,
  type Layer,
  maxPool,
  type Network,
  relu,
  residual,
  sequence,
} from "../../lib/networks/layer.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { outputShapeOfAll } from "../../lib/networks/shape.ts";

// Networks of the papers that the library does not build yet: that the
// description carries them is what is tested.

function convNorm(
  name: string,
  filters: number,
  size: number,
  stride = 1,
): Layer[] {
  return [
    convolution(`${name}/conv`, filters, size, { stride }),
    batchNorm(`${name}/norm`),
  ];
}

/** ResNet-50 of R15 Table 1, its stride on the first 1x1 convolution. */
function resNet50(): Network {
  const unit = (
    name: string,
    filters: number,
    stride: number,
    first: boolean,
  ) =>
    sequence(name, [
      residual("", [
        ...convNorm("reduce", filters, 1, stride),
        relu("relu1"),
        ...convNorm("spatial", filters, 3),
        relu("relu2"),
        ...convNorm("expand", 4 * filters, 1),
      ], first ? convNorm("projection", 4 * filters, 1, stride) : []),
      relu("relu3"),
    ]);
  return {
    name: "ResNet-50",
    input: [224, 224, 3],
    layers: [
      ...convNorm("stem", 64, 7, 2),
      relu("relu"),
      maxPool("pool1", 3, { stride: 2, padding: 1 }),
      ...[3, 4, 6, 3].map((units, stage) =>
        sequence(
          `stage${stage + 1}`,
          Array.from({ length: units }, (_, i) =>
            unit(
              `unit${i + 1}`,
              64 * 2 ** stage,
              stage > 0 && i === 0 ? 2 : 1,
              i === 0,
            )),
        )
      ),
      globalAveragePool("pool"),
      dense("classifier", 1000),
    ],
  };
}

function vgg16(): Network {
  const stages = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [
    512,
    512,
    512,
  ]];
  return {
    name: "VGG-16",
    input: [224, 224, 3],
    layers: [
      ...stages.map((filters, stage) =>
        sequence(`stage${stage + 1}`, [
          ...filters.flatMap((count, i) => [
            convolution(`conv${i + 1}`, count, 3, { bias: true }),
            relu(`relu${i + 1}`),
          ]),
          maxPool("pool", 2),
        ])
      ),
      flatten("flatten"),
      dense("fc1", 4096),
      relu("relu1"),
      dense("fc2", 4096),
      relu("relu2"),
      dense("classifier", 1000),
    ],
  };
}

Deno.test("the description carries ResNet-50 with its published counts", () => {
  const network = resNet50();
  assertEquals(countParameters(network), 25557032);
  assertEquals((countMultiplyAdds(network) / 1e9).toFixed(1), "3.9");
  assertEquals(depthOf(network), 50);
});

Deno.test("the description carries VGG-16 with its published counts", () => {
  const network = vgg16();
  assertEquals(countParameters(network), 138357544);
  assertEquals((countMultiplyAdds(network) / 1e9).toFixed(1), "15.5");
  assertEquals(depthOf(network), 16);
});

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

Deno.test("shapes that do not fit are named", () => {
  const shape = (layers: Layer[]) => outputShapeOfAll(layers, [8, 8, 16]);
  assertThrows(
    () => shape([residual("unit", [convolution("conv", 32, 3)])]),
    RangeError,
    "Expected both ways of unit to give the same shape but found [8, 8, 32] and [8, 8, 16]",
  );
  assertThrows(
    () => shape([dense("classifier", 10)]),
    RangeError,
    "Expected classifier to get features but found shape [8, 8, 16]",
  );
  assertThrows(
    () => shape([convolution("conv", 4, 11, { padding: 0 })]),
    RangeError,
    "at least 11 pixels a side but found 8 x 8",
  );
});
