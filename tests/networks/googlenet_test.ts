import { assert, assertEquals } from "@std/assert";
import { depthOf } from "../../lib/networks/count.ts";
import { googLeNet } from "../../lib/networks/googlenet.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { type LayerRow, layers } from "../../lib/networks/layers.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { outputsOf } from "./rows.ts";

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

Deno.test("googLeNet() has Table 1's maps and 7 million parameters", () => {
  const network = googLeNet();
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
