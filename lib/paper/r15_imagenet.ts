import type { PaperTable } from "./paper_table.ts";

/** A depth of {@linkcode R15_TABLE_2}. */
export interface DegradationRow {
  readonly layers: number;
  /** Top-1 error of the plain network in per cent. */
  readonly plain: number;
  /** Top-1 error of the residual network in per cent. */
  readonly resNet: number;
}

/** A network's errors on ImageNet in per cent. */
export interface ImageNetErrorRow {
  readonly name: string;
  readonly top1: number | null;
  readonly top5: number;
}

/** An ensemble's error on ImageNet in per cent. */
export interface EnsembleRow {
  readonly name: string;
  readonly top5: number;
}

/** R15 Table 2: deeper is worse for plain networks, better for ResNets. */
export const R15_TABLE_2: PaperTable<DegradationRow> = {
  paper: "R15",
  table: "Table 2",
  title:
    "Top-1 error on ImageNet's validation images, 10-crop; ResNets with option A",
  columns: { layers: "rows", plain: "plain", resNet: "ResNet" },
  rows: [
    { layers: 18, plain: 27.94, resNet: 27.88 },
    { layers: 34, plain: 28.54, resNet: 25.03 },
  ],
};

/** R15 Table 3: options A, B and C, and deeper networks (these of option B). */
export const R15_TABLE_3: PaperTable<ImageNetErrorRow> = {
  paper: "R15",
  table: "Table 3",
  title: "Errors on ImageNet's validation images, 10-crop",
  columns: { name: "model", top1: "top-1 err.", top5: "top-5 err." },
  rows: [
    { name: "VGG-16", top1: 28.07, top5: 9.33 },
    { name: "GoogLeNet", top1: null, top5: 9.15 },
    { name: "PReLU-net", top1: 24.27, top5: 7.38 },
    { name: "plain-34", top1: 28.54, top5: 10.02 },
    { name: "ResNet-34 A", top1: 25.03, top5: 7.76 },
    { name: "ResNet-34 B", top1: 24.52, top5: 7.46 },
    { name: "ResNet-34 C", top1: 24.19, top5: 7.4 },
    { name: "ResNet-50", top1: 22.85, top5: 6.71 },
    { name: "ResNet-101", top1: 21.75, top5: 6.05 },
    { name: "ResNet-152", top1: 21.43, top5: 5.71 },
  ],
};

/** R15 Table 4: single networks at their best. */
export const R15_TABLE_4: PaperTable<ImageNetErrorRow> = {
  paper: "R15",
  table: "Table 4",
  title: "Errors of single models on ImageNet's validation images",
  columns: { name: "method", top1: "top-1 err.", top5: "top-5 err." },
  rows: [
    { name: "VGG (v5)", top1: 24.4, top5: 7.1 },
    { name: "PReLU-net", top1: 21.59, top5: 5.71 },
    { name: "BN-inception", top1: 21.99, top5: 5.81 },
    { name: "ResNet-34 B", top1: 21.84, top5: 5.71 },
    { name: "ResNet-34 C", top1: 21.53, top5: 5.6 },
    { name: "ResNet-50", top1: 20.74, top5: 5.25 },
    { name: "ResNet-101", top1: 19.87, top5: 4.6 },
    { name: "ResNet-152", top1: 19.38, top5: 4.49 },
  ],
};

/** R15 Table 5: ensembles, on test images. */
export const R15_TABLE_5: PaperTable<EnsembleRow> = {
  paper: "R15",
  table: "Table 5",
  title: "Errors of ensembles on ImageNet's test images",
  columns: { name: "method", top5: "top-5 err. (test)" },
  rows: [
    { name: "VGG (ILSVRC'14)", top5: 7.32 },
    { name: "GoogLeNet (ILSVRC'14)", top5: 6.66 },
    { name: "VGG (v5)", top5: 6.8 },
    { name: "PReLU-net", top5: 4.94 },
    { name: "BN-inception", top5: 4.82 },
    { name: "ResNet (ILSVRC'15)", top5: 3.57 },
  ],
};
