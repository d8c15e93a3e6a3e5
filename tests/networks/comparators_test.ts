import { assertEquals, assertThrows } from "@std/assert";
import { alexNet } from "../../lib/networks/alexnet.ts";
import { countMultiplyAdds, depthOf } from "../../lib/networks/count.ts";
import { googLeNet } from "../../lib/networks/googlenet.ts";
import { imageNetResNet } from "../../lib/networks/imagenet.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { layers } from "../../lib/networks/layers.ts";
import { countParameters, tensorSpecs } from "../../lib/networks/parameters.ts";
import { preluNet } from "../../lib/networks/prelu_net.ts";
import { vgg } from "../../lib/networks/vgg.ts";
import { zfNet } from "../../lib/networks/zfnet.ts";
import { ILSVRC_RESULTS } from "../../lib/paper/ilsvrc.ts";
import { paperRow } from "../../lib/paper/paper_table.ts";
import { R15_VGG_COSTS } from "../../lib/paper/r15_architectures.ts";
import { IMAGENET_COUNTS } from "../../lib/paper/reference_counts.ts";
import { outputsOf, rowOf } from "./rows.ts";

function convolutionMultiplyAdds(network: Network): number {
  return layers(network)
    .filter(({ kind }) => kind === "convolution")
    .reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
}

Deno.test("the challenge's networks are as deep as it is said of them", () => {
  for (
    const [name, network] of [
      ["AlexNet", alexNet()],
      ["ZFNet", zfNet()],
      ["VGG", vgg({ depth: 19 })],
      ["GoogLeNet", googLeNet()],
      ["ResNet", imageNetResNet({ depth: 152 })],
    ] as const
  ) assertEquals(depthOf(network), paperRow(ILSVRC_RESULTS, name).layers);
});

Deno.test("vgg() has the published parameters and depths", () => {
  for (const depth of [16, 19] as const) {
    const network = vgg({ depth });
    assertEquals(network.name, `VGG-${depth}`);
    assertEquals(depthOf(network), depth);
    const known = IMAGENET_COUNTS.find(({ name }) => name === network.name);
    assertEquals(countParameters(network), known?.parameters);
    assertEquals(
      layers(network).filter(({ kind }) => kind === "convolution").length,
      depth - 3,
    );
  }
});

Deno.test("vgg() costs the multiply-adds that R15 prints", () => {
  const printed = (name: string) => paperRow(R15_VGG_COSTS, name).multiplyAdds;
  const rounded = (count: number) => 1e8 * Math.round(count / 1e8);
  const [d, e] = [vgg({ depth: 16 }), vgg({ depth: 19 })];
  // The convolutions alone, and those with the fully connected layers.
  assertEquals(rounded(convolutionMultiplyAdds(d)), printed("VGG-16"));
  assertEquals(rounded(countMultiplyAdds(e)), printed("VGG-19"));
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
  // As in Caffe's bvlc_alexnet; the paper says 60 million.
  assertEquals(countParameters(network), 60965224);
  assertEquals(countMultiplyAdds(network), 724406816);
  assertEquals(
    outputsOf(network, "conv1", "conv2", "conv3", "conv4", "conv5", "pool5"),
    ["55x55x96", "27x27x256", "13x13x384", "13x13x384", "13x13x256", "6x6x256"],
  );
  assertEquals(rowOf(network, "conv2").multiplyAdds, 25 * 48 * 256 * 27 * 27);
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
