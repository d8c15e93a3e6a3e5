import { assert, assertEquals, assertThrows } from "@std/assert";
import { alexNet } from "../../lib/networks/alexnet.ts";
import { countMultiplyAdds, depthOf } from "../../lib/networks/count.ts";
import { googLeNet } from "../../lib/networks/googlenet.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { type LayerRow, layers } from "../../lib/networks/layers.ts";
import { countParameters, tensorSpecs } from "../../lib/networks/parameters.ts";
import { preluNet } from "../../lib/networks/prelu_net.ts";
import { vgg } from "../../lib/networks/vgg.ts";
import { zfNet } from "../../lib/networks/zfnet.ts";

function rowOf(network: Network, path: string): LayerRow {
  const row = layers(network).find(({ name }) => name === path);
  if (row === undefined) throw new Error(`${network.name} has no ${path}`);
  return row;
}

function outputsOf(network: Network, ...paths: string[]): string[] {
  return paths.map((path) => rowOf(network, path).output.join("x"));
}

function convolutionMultiplyAdds(network: Network): number {
  return layers(network)
    .filter(({ kind }) => kind === "convolution")
    .reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
}

Deno.test("vgg() has the published parameters and depths", () => {
  for (
    const [depth, parameters] of [[16, 138357544], [19, 143667240]] as const
  ) {
    const network = vgg({ depth });
    assertEquals(network.name, `VGG-${depth}`);
    assertEquals(depthOf(network), depth);
    assertEquals(countParameters(network), parameters);
    assertEquals(
      layers(network).filter(({ kind }) => kind === "convolution").length,
      depth - 3,
    );
  }
});

Deno.test("vgg() costs the multiply-adds that R15 prints", () => {
  // R15 section 4.1: "VGG-16/19 nets (15.3/19.6 billion FLOPs)". The first are
  // the convolutions alone, the second those and the fully connected layers.
  const [d, e] = [vgg({ depth: 16 }), vgg({ depth: 19 })];
  assertEquals((convolutionMultiplyAdds(d) / 1e9).toFixed(1), "15.3");
  assertEquals((countMultiplyAdds(e) / 1e9).toFixed(1), "19.6");
  assertEquals((countMultiplyAdds(d) / 1e9).toFixed(3), "15.470");
  assertEquals((convolutionMultiplyAdds(e) / 1e9).toFixed(3), "19.508");
});

Deno.test("vgg() halves five times and ends in three fully connected layers", () => {
  for (const depth of [16, 19] as const) {
    const network = vgg({ depth });
    const pools = [1, 2, 3, 4, 5].map((stage) => `stage${stage}/pool`);
    assertEquals(outputsOf(network, ...pools, "flatten"), [
      "112x112x64",
      "56x56x128",
      "28x28x256",
      "14x14x512",
      "7x7x512",
      "25088",
    ]);
    const rows = layers(network);
    assertEquals(rows.slice(-8).map(({ name }) => name), [
      "flatten",
      ...["fc1", "fc1Relu", "fc1Dropout"],
      ...["fc2", "fc2Relu", "fc2Dropout"],
      "fc3",
    ]);
    const last = depth === 16 ? "conv3" : "conv4";
    assertEquals(rowOf(network, `stage5/${last}`).parameters, 2359808);
  }
});

/** Krizhevsky et al. 2012, Fig. 2 and section 3.5. */
Deno.test("alexNet() has the paper's maps, layers and parameters", () => {
  const network = alexNet();
  assertEquals(depthOf(network), 8);
  // As in Caffe's bvlc_alexnet; the paper says 60 million.
  assertEquals(countParameters(network), 60965224);
  assertEquals(countMultiplyAdds(network), 724406816);
  assertEquals(
    outputsOf(network, "conv1", "conv2", "conv3", "conv4", "conv5", "pool5"),
    ["55x55x96", "27x27x256", "13x13x384", "13x13x384", "13x13x256", "6x6x256"],
  );
  // Kernels of 5x5x48, 3x3x256, 3x3x192 and 3x3x192, as section 3.5 says.
  const kernels = tensorSpecs(network).filter(({ role }) => role === "kernel");
  assertEquals(kernels.slice(0, 5).map(({ shape }) => shape), [
    [11, 11, 3, 96],
    [5, 5, 48, 256],
    [3, 3, 256, 384],
    [3, 3, 192, 384],
    [3, 3, 192, 256],
  ]);
  assertEquals(
    layers(network).filter(({ kind }) => kind === "localResponseNorm")
      .map(({ name }) => name),
    ["norm1", "norm2"],
  );
});

Deno.test("alexNet() starts the biases from 1 that the paper does", () => {
  const biases = tensorSpecs(alexNet()).filter(({ role }) => role === "bias");
  assertEquals(biases.map(({ name, initial }) => [name, initial]), [
    ["conv1/bias", 0],
    ["conv2/bias", 1],
    ["conv3/bias", 0],
    ["conv4/bias", 1],
    ["conv5/bias", 1],
    ["fc1/bias", 1],
    ["fc2/bias", 1],
    ["fc3/bias", 0],
  ]);
});

/** Zeiler and Fergus 2013, Fig. 3. */
Deno.test("zfNet() has the paper's maps and layers", () => {
  const network = zfNet();
  assertEquals(depthOf(network), 8);
  assertEquals(
    outputsOf(network, "conv1", "pool1", "conv2", "pool2", "conv3", "conv4"),
    ["110x110x96", "55x55x96", "26x26x256", "13x13x256", ...[
      "13x13x384",
      "13x13x384",
    ]],
  );
  assertEquals(outputsOf(network, "conv5", "pool5", "fc1", "fc3"), [
    "13x13x256",
    "6x6x256",
    "4096",
    "1000",
  ]);
  // By hand: kernels, then biases.
  const weights = 49 * 3 * 96 + 25 * 96 * 256 + 9 * 256 * 384 +
    9 * 384 * 384 + 9 * 384 * 256 + 36 * 256 * 4096 + 4096 * 4096 +
    4096 * 1000;
  const biases = 96 + 256 + 384 + 384 + 256 + 4096 + 4096 + 1000;
  assertEquals(countParameters(network), weights + biases);
});

/**
 * The Inception modules of Szegedy et al. 2014, Table 1: output; filters in the
 * order of its columns (1x1, 3x3 reduce, 3x3, 5x5 reduce, 5x5, pool projection);
 * parameters in units of 1024; multiply-adds in 1e6.
 */
const GOOGLENET_TABLE_1 = [
  ["3a", "28x28x256", [64, 96, 128, 16, 32, 32], 159, 128],
  ["3b", "28x28x480", [128, 128, 192, 32, 96, 64], 380, 304],
  ["4a", "14x14x512", [192, 96, 208, 16, 48, 64], 364, 73],
  ["4b", "14x14x512", [160, 112, 224, 24, 64, 64], 437, 88],
  ["4c", "14x14x512", [128, 128, 256, 24, 64, 64], 463, 100],
  ["4d", "14x14x528", [112, 144, 288, 32, 64, 64], 580, 119],
  ["4e", "14x14x832", [256, 160, 320, 32, 128, 128], 840, 170],
  ["5a", "7x7x832", [256, 160, 320, 32, 128, 128], 1072, 54],
  ["5b", "7x7x1024", [384, 192, 384, 48, 128, 128], 1388, 71],
] as const;

/** Rows of an Inception module's convolutions. */
function inceptionRows(network: Network, name: string): LayerRow[] {
  return layers(network).filter((row) =>
    row.name.startsWith(`inception${name}/`) && row.kind === "convolution"
  );
}

function sumOf(
  rows: readonly LayerRow[],
  of: "parameters" | "multiplyAdds",
): number {
  return rows.reduce((sum, row) => sum + row[of], 0);
}

Deno.test("googLeNet() has Table 1's modules", () => {
  const network = googLeNet();
  let channels = 192;
  for (const [name, output, filters] of GOOGLENET_TABLE_1) {
    const rows = inceptionRows(network, name);
    assertEquals(
      rows.map((row) => [row.name.split("/")[1], row.output[2]]),
      [
        ["1x1", filters[0]],
        ["3x3Reduce", filters[1]],
        ["3x3", filters[2]],
        ["5x5Reduce", filters[3]],
        ["5x5", filters[4]],
        ["poolProjection", filters[5]],
      ],
    );
    const [ones, threesReduce, threes, fivesReduce, fives, projection] =
      filters;
    const weights =
      channels * (ones + threesReduce + fivesReduce + projection) +
      9 * threesReduce * threes + 25 * fivesReduce * fives;
    const biases = filters.reduce((sum, count) => sum + count, 0);
    assertEquals(sumOf(rows, "parameters"), weights + biases, name);
    channels = ones + threes + fives + projection;
    const [height, width] = rows[0]!.output;
    assertEquals([height, width, channels].join("x"), output);
    const module = network.layers.find((layer) =>
      layer.name === `inception${name}`
    )!;
    const depth = depthOf({ ...network, layers: [module] });
    assertEquals(depth, 2);
  }
});

Deno.test("googLeNet() costs what Table 1 prints, as far as its filters do", () => {
  const network = googLeNet();
  for (const [name, , , parameters, multiplyAdds] of GOOGLENET_TABLE_1) {
    const rows = inceptionRows(network, name);
    // The filters of (5a) need 51M, and the table prints 54M.
    const difference = sumOf(rows, "multiplyAdds") / 1e6 - multiplyAdds;
    const tolerance = name === "5a" ? 3 : 1;
    assert(Math.abs(difference) < tolerance, `${name}: ${difference}`);
    // The printed parameters are off by up to 8 % of what the filters have:
    // (4c)'s 463K stand for 498K.
    const ratio = sumOf(rows, "parameters") / 1024 / parameters;
    assert(Math.abs(ratio - 1) < 0.08, `${name}: ${ratio}`);
  }
});

Deno.test("googLeNet() is 22 layers deep and has 7 million parameters", () => {
  const network = googLeNet();
  assertEquals(depthOf(network), 22);
  assertEquals(
    outputsOf(network, "conv1", "pool1", "conv2", "pool2", "pool"),
    ["112x112x64", "56x56x64", "56x56x192", "28x28x192", "1024"],
  );
  // By hand: 9,408 weights of the 7x7 convolution (2.7K in the table, less than
  // 7x7x64), 114,688 of the 1x1 and 3x3 convolutions (its 112K), 5,842,176 of
  // the modules and 1,024,000 of the classifier (its 1000K); 8,280 biases. The
  // table's rows add up to 6.8 million. Caffe's bvlc_googlenet has the same
  // 6,998,552 without its auxiliary classifiers.
  const weights = 9408 + 114688 + 5842176 + 1024000;
  assertEquals(countParameters(network), weights + 8280);
  assertEquals(countParameters(network), 6998552);
});

/** He et al. 2015, "Delving deep into rectifiers", Table 3, model A. */
Deno.test("preluNet() has the paper's layers and cost", () => {
  const network = preluNet();
  assertEquals(depthOf(network), 19);
  assertEquals(
    outputsOf(
      network,
      ...["conv", "pool1", "stage1/conv5", "stage2/conv5", "stage3/conv5"],
      "pyramid",
    ),
    [
      "112x112x96",
      "56x56x96",
      "56x56x256",
      "28x28x512",
      "14x14x512",
      `${(49 + 9 + 4 + 1) * 512}`,
    ],
  );
  assertEquals(
    layers(network).filter(({ kind }) => kind === "maxPool").length,
    3,
  );
  // "complexity (ops, x10^10)" of model A and of VGG-19 beside it, cut off.
  const tenBillions = (network: Network) =>
    (Math.trunc(countMultiplyAdds(network) / 1e8) / 100).toFixed(2);
  assertEquals(tenBillions(network), "1.90");
  assertEquals(tenBillions(vgg({ depth: 19 })), "1.96");
});

Deno.test("preluNet() learns a slope for each channel of each hidden layer", () => {
  const slopes = tensorSpecs(preluNet()).filter(({ role }) => role === "slope");
  assertEquals(slopes.length, 19 - 1);
  assertEquals(
    slopes.reduce((sum, { shape }) => sum + shape[0]!, 0),
    96 + 5 * (256 + 512 + 512) + 2 * 4096,
  );
});

Deno.test("vgg() names the depths there are", () => {
  assertThrows(
    () => vgg({ depth: 11 as 16 }),
    RangeError,
    "Expected the depth of a VGG to be 16 or 19 but found 11",
  );
});
