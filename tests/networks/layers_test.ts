import { assertEquals } from "@std/assert";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { countMultiplyAdds, depthOf } from "../../lib/networks/count.ts";
import {
  concatenation,
  convolution,
  dense,
  flatten,
  globalAveragePool,
  type Layer,
  maxPool,
  type Network,
  parametricRelu,
  relu,
} from "../../lib/networks/layer.ts";
import { layers } from "../../lib/networks/layers.ts";
import { countParameters } from "../../lib/networks/parameters.ts";

Deno.test("layers() has a row for each operation, which add up", () => {
  const network = cifarResNet({ depth: 20 });
  const rows = layers(network);
  assertEquals(rows.find(({ name }) => name === "stage2/unit1/conv1"), {
    name: "stage2/unit1/conv1",
    kind: "convolution",
    output: [16, 16, 32],
    kernelSize: 3,
    stride: 2,
    parameters: 9 * 16 * 32,
    multiplyAdds: 9 * 16 * 32 * 16 * 16,
  });
  assertEquals(rows.find(({ name }) => name === "stage2/unit1/shortcut"), {
    name: "stage2/unit1/shortcut",
    kind: "zeroPadShortcut",
    output: [16, 16, 32],
    stride: 2,
    parameters: 0,
    multiplyAdds: 0,
  });
  assertEquals(rows.at(-1), {
    name: "classifier",
    kind: "dense",
    output: [10],
    parameters: 650,
    multiplyAdds: 640,
  });
  const sum = (of: "parameters" | "multiplyAdds") =>
    rows.reduce((sum, row) => sum + row[of], 0);
  assertEquals(sum("parameters"), countParameters(network));
  assertEquals(sum("multiplyAdds"), countMultiplyAdds(network));
});

/** Krizhevsky et al. 2012, Fig. 2, as two halves of a network on two GPUs. */
function alexNet(): Network {
  const conv = (
    name: string,
    filters: number,
    size: number,
    options: { groups?: number; stride?: number; padding?: number } = {},
  ): Layer[] => [
    convolution(name, filters, size, { bias: true, ...options }),
    relu(`${name}/relu`),
  ];
  const pool = (name: string) => maxPool(name, 3, { stride: 2 });
  return {
    name: "AlexNet",
    input: [227, 227, 3],
    layers: [
      ...conv("conv1", 96, 11, { stride: 4, padding: 0 }),
      pool("pool1"),
      ...conv("conv2", 256, 5, { groups: 2 }),
      pool("pool2"),
      ...conv("conv3", 384, 3),
      ...conv("conv4", 384, 3, { groups: 2 }),
      ...conv("conv5", 256, 3, { groups: 2 }),
      pool("pool5"),
      flatten("flatten"),
      dense("fc6", 4096),
      dense("fc7", 4096),
      dense("fc8", 1000),
    ],
  };
}

Deno.test("groups: the description carries AlexNet with Caffe's count", () => {
  const network = alexNet();
  // 60,965,224 parameters in Caffe's bvlc_reference_caffenet and bvlc_alexnet.
  assertEquals(countParameters(network), 60965224);
  assertEquals(depthOf(network), 8);
  const rows = layers(network);
  const conv2 = rows.find(({ name }) => name === "conv2");
  assertEquals(conv2?.output, [27, 27, 256]);
  assertEquals(conv2?.multiplyAdds, 25 * 48 * 256 * 27 * 27);
});

Deno.test("branches: an inception module of GoogLeNet has its output and counts", () => {
  // Szegedy et al. 2014, Table 1, inception (3a): 256 channels, depth 2, 159K
  // parameters, 128M operations.
  const network: Network = {
    name: "inception",
    input: [28, 28, 192],
    layers: [concatenation("3a", [
      [convolution("1x1", 64, 1)],
      [convolution("3x3-reduce", 96, 1), convolution("3x3", 128, 3)],
      [convolution("5x5-reduce", 16, 1), convolution("5x5", 32, 5)],
      [
        maxPool("pool", 3, { stride: 1, padding: 1 }),
        convolution("projection", 32, 1),
      ],
    ])],
  };
  assertEquals(depthOf(network), 2);
  const rows = layers(network);
  assertEquals(
    rows.filter(({ kind }) => kind === "convolution").map(({ name }) => name),
    [
      "3a/1x1",
      "3a/3x3-reduce",
      "3a/3x3",
      "3a/5x5-reduce",
      "3a/5x5",
      "3a/projection",
    ],
  );
  // By hand: weights of each convolution, each used at 28 * 28 pixels.
  const weights = 192 * (64 + 96 + 16 + 32) + 9 * 96 * 128 + 25 * 16 * 32;
  assertEquals(countParameters(network), weights);
  assertEquals((countMultiplyAdds(network) / 1e6).toFixed(0), "128");
});

Deno.test("a parametric ReLU has a slope for each channel", () => {
  const network: Network = {
    name: "prelu",
    input: [4, 4, 7],
    layers: [parametricRelu("relu"), globalAveragePool("pool")],
  };
  assertEquals(countParameters(network), 7);
  assertEquals(depthOf(network), 0);
});
