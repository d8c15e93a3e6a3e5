import type { PaperTable } from "./paper_table.ts";

/** A stage of {@linkcode R15_TABLE_1_STAGES}. */
export interface ImageNetStageRow {
  readonly name: string;
  /** Height and width of the output in pixels. */
  readonly outputSize: number;
  /** Filters of a basic unit's convolutions, 3x3 each. */
  readonly basic: readonly number[];
  /** Filters of a bottleneck's convolutions, 1x1, 3x3 and 1x1. */
  readonly bottleneck: readonly number[];
}

/** A network of {@linkcode R15_TABLE_1}. */
export interface ImageNetNetworkRow {
  readonly name: string;
  /** Weighted layers, without those on shortcuts. */
  readonly layers: number;
  readonly unit: "basic" | "bottleneck";
  /** Units of conv2_x to conv5_x. */
  readonly units: readonly [number, number, number, number];
  /** Multiply-adds for one image, rounded as printed. */
  readonly multiplyAdds: number;
}

/** A network of {@linkcode R15_VGG_COSTS}. */
export interface CostRow {
  readonly name: string;
  /** Multiply-adds for one image, rounded as printed. */
  readonly multiplyAdds: number;
}

/**
 * R15 Table 1, its first rows: before the stages, a convolution (conv1) and a
 * pooling, on images of 224x224 pixels.
 */
export const R15_STEM = {
  imageSize: 224,
  convolution: { filters: 64, kernelSize: 7, stride: 2, outputSize: 112 },
  maxPool: { size: 3, stride: 2, outputSize: 56 },
} as const;

/**
 * R15 Table 1, by stages: what a unit of each is made of. The first unit of
 * conv3_x to conv5_x has a stride of 2.
 */
export const R15_TABLE_1_STAGES: PaperTable<ImageNetStageRow> = {
  paper: "R15",
  table: "Table 1",
  title: "Architectures for ImageNet, by stages",
  columns: {
    name: "layer name",
    outputSize: "output size",
    basic: "18-layer, 34-layer: filters of a unit",
    bottleneck: "50-layer, 101-layer, 152-layer: filters of a unit",
  },
  rows: [
    {
      name: "conv2_x",
      outputSize: 56,
      basic: [64, 64],
      bottleneck: [64, 64, 256],
    },
    {
      name: "conv3_x",
      outputSize: 28,
      basic: [128, 128],
      bottleneck: [128, 128, 512],
    },
    {
      name: "conv4_x",
      outputSize: 14,
      basic: [256, 256],
      bottleneck: [256, 256, 1024],
    },
    {
      name: "conv5_x",
      outputSize: 7,
      basic: [512, 512],
      bottleneck: [512, 512, 2048],
    },
  ],
};

/**
 * R15 Table 1, by networks. A bottleneck's stride of 2 is on its first 1x1
 * convolution; the "v1.5" of public codes has it on the 3x3 convolution, which
 * makes ResNet-50 cost 4.1e9 multiply-adds.
 */
export const R15_TABLE_1: PaperTable<ImageNetNetworkRow> = {
  paper: "R15",
  table: "Table 1",
  title: "Architectures for ImageNet, by networks",
  columns: {
    name: "the heading of a column, such as 18-layer",
    layers: "the heading of a column",
    unit: "building blocks, in brackets",
    units: "numbers of blocks, beside the brackets",
    multiplyAdds: "FLOPs",
  },
  rows: [
    {
      name: "ResNet-18",
      layers: 18,
      unit: "basic",
      units: [2, 2, 2, 2],
      multiplyAdds: 1.8e9,
    },
    {
      name: "ResNet-34",
      layers: 34,
      unit: "basic",
      units: [3, 4, 6, 3],
      multiplyAdds: 3.6e9,
    },
    {
      name: "ResNet-50",
      layers: 50,
      unit: "bottleneck",
      units: [3, 4, 6, 3],
      multiplyAdds: 3.8e9,
    },
    {
      name: "ResNet-101",
      layers: 101,
      unit: "bottleneck",
      units: [3, 4, 23, 3],
      multiplyAdds: 7.6e9,
    },
    {
      name: "ResNet-152",
      layers: 152,
      unit: "bottleneck",
      units: [3, 8, 36, 3],
      multiplyAdds: 11.3e9,
    },
  ],
};

/** What R15 says of the cost of the networks that it compares itself with. */
export const R15_VGG_COSTS: PaperTable<CostRow> = {
  paper: "R15",
  table: "section 4.1",
  title: "Cost of the VGG nets",
  columns: { name: "network", multiplyAdds: "FLOPs" },
  rows: [
    { name: "VGG-16", multiplyAdds: 15.3e9 },
    { name: "VGG-19", multiplyAdds: 19.6e9 },
  ],
};
