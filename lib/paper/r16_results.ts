import type { PaperTable, Spread } from "./paper_table.ts";

/** A network of {@linkcode R16_TABLE_3}. */
export interface PreActivationRow {
  readonly name: string;
  readonly dataset: "CIFAR-10" | "CIFAR-100";
  /** Test error with original units in per cent. */
  readonly baseline: number;
  /** Test error with full pre-activation in per cent. */
  readonly preActivation: number;
}

/** A network of {@linkcode R16_TABLE_4}. */
export interface SmallBatchRow {
  readonly name: string;
  readonly batchSize: number;
  /** Test error in per cent. */
  readonly error: number;
  readonly spread: Spread;
}

/** A network of {@linkcode R16_TABLE_5}. */
export interface SingleCropRow {
  /** The network, its units and its augmentation. */
  readonly name: string;
  readonly network: string;
  readonly unit: "original" | "pre-activation" | null;
  /** Whether training images were scaled in their aspect ratio too. */
  readonly aspectRatio: boolean | null;
  /** Top-1 error in per cent. */
  readonly top1: number;
  /** Top-5 error in per cent. */
  readonly top5: number;
}

/** A network of {@linkcode R16_CIFAR_NETWORKS}. */
export interface BottleneckNetworkRow {
  readonly name: string;
  /** Weighted layers, `9n + 2`. */
  readonly layers: number;
  /** Units of each of the three stages. */
  readonly n: number;
  /** Filters of a unit's 1x1, 3x3 and 1x1 convolution, by stage. */
  readonly filters: readonly (readonly [number, number, number])[];
  /** Parameters in millions, rounded as printed. */
  readonly millionParameters: number;
}

/** A training of {@linkcode R16_TRAINING_TIMES}. */
export interface TrainingTimeRow {
  readonly name: string;
  readonly dataset: string;
  /** About how long it took. */
  readonly hours: number;
  readonly gpus: number;
}

/** R16 Table 3: original units and full pre-activation. */
export const R16_TABLE_3: PaperTable<PreActivationRow> = {
  paper: "R16",
  table: "Table 3",
  title: "Error on the test images of CIFAR-10 and CIFAR-100",
  columns: {
    name: "network, with the data set",
    dataset: "dataset",
    baseline: "baseline unit",
    preActivation: "pre-activation unit",
  },
  rows: [
    compared("ResNet-110, one layer a unit", "CIFAR-10", 9.9, 8.91),
    compared("ResNet-110", "CIFAR-10", 6.61, 6.37),
    compared("ResNet-164", "CIFAR-10", 5.93, 5.46),
    compared("ResNet-1001", "CIFAR-10", 7.61, 4.92),
    compared("ResNet-164", "CIFAR-100", 25.16, 24.33),
    compared("ResNet-1001", "CIFAR-100", 27.82, 22.71),
  ],
};

/** R16 Table 4, of which only the best result on CIFAR-10 is kept here. */
export const R16_TABLE_4: PaperTable<SmallBatchRow> = {
  paper: "R16",
  table: "Table 4",
  title: "Error on CIFAR-10's test images, with a mini-batch of 64",
  columns: {
    name: "network",
    batchSize: "mini-batch, in the note",
    error: "error (%)",
    spread: "error (%), in brackets: mean and standard deviation",
  },
  rows: [{
    name: "ResNet-1001",
    batchSize: 64,
    error: 4.62,
    spread: { mean: 4.69, deviation: 0.2 },
  }],
};

/** R16 Table 5: single crops, of 320x320 pixels for the ResNets. */
export const R16_TABLE_5: PaperTable<SingleCropRow> = {
  paper: "R16",
  table: "Table 5",
  title: "Errors on ImageNet's validation images, single crop",
  columns: {
    name: "method, with its augmentation",
    network: "method",
    unit: "method",
    aspectRatio: "augmentation",
    top1: "top-1",
    top5: "top-5",
  },
  rows: [
    crop("ResNet-152", "original", false, 21.3, 5.5),
    crop("ResNet-152", "pre-activation", false, 21.1, 5.5),
    crop("ResNet-200", "original", false, 21.8, 6),
    crop("ResNet-200", "pre-activation", false, 20.7, 5.3),
    crop("ResNet-200", "pre-activation", true, 20.1, 4.8),
    {
      name: "Inception v3",
      network: "Inception v3",
      unit: null,
      aspectRatio: null,
      top1: 21.2,
      top5: 5.6,
    },
  ],
};

const FILTERS = [[16, 16, 64], [32, 32, 128], [64, 64, 256]] as const;

/** R16: its bottleneck networks for CIFAR. */
export const R16_CIFAR_NETWORKS: PaperTable<BottleneckNetworkRow> = {
  paper: "R16",
  table: "text",
  title: "Bottleneck networks for CIFAR",
  columns: {
    name: "network",
    layers: "9n + 2",
    n: "units of each stage",
    filters: "filters of a unit, by stage",
    millionParameters: "parameters, in millions",
  },
  rows: [
    {
      name: "ResNet-164",
      layers: 164,
      n: 18,
      filters: FILTERS,
      millionParameters: 1.7,
    },
    {
      name: "ResNet-1001",
      layers: 1001,
      n: 111,
      filters: FILTERS,
      millionParameters: 10.2,
    },
  ],
};

/** R16: how long its largest trainings took. */
export const R16_TRAINING_TIMES: PaperTable<TrainingTimeRow> = {
  paper: "R16",
  table: "text",
  title: "Time of training",
  columns: {
    name: "network",
    dataset: "data set",
    hours: "about how long, in hours; 3 weeks for ResNet-200",
    gpus: "GPUs",
  },
  rows: [
    { name: "ResNet-1001", dataset: "CIFAR", hours: 27, gpus: 2 },
    { name: "ResNet-200", dataset: "ImageNet", hours: 3 * 7 * 24, gpus: 8 },
  ],
};

function compared(
  network: string,
  dataset: PreActivationRow["dataset"],
  baseline: number,
  preActivation: number,
): PreActivationRow {
  return { name: `${network}, ${dataset}`, dataset, baseline, preActivation };
}

function crop(
  network: string,
  unit: "original" | "pre-activation",
  aspectRatio: boolean,
  top1: number,
  top5: number,
): SingleCropRow {
  const name = `${network}, ${unit}${aspectRatio ? ", aspect ratio" : ""}`;
  return { name, network, unit, aspectRatio, top1, top5 };
}
