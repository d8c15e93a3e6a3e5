import type { PaperTable } from "./paper_table.ts";

/** An entry to the ImageNet challenge. */
export interface ChallengeRow {
  readonly name: string;
  readonly year: number;
  /** Weighted layers; `null` for what is no deep network. */
  readonly layers: number | null;
  /** Top-5 error in per cent. */
  readonly top5: number;
}

/**
 * The revolution of depth: the best of ImageNet's classification challenge year
 * by year, with the second of 2014, VGG.
 */
export const ILSVRC_RESULTS: PaperTable<ChallengeRow> = {
  paper: "ILSVRC",
  table: "classification",
  title: "Top-5 error on ImageNet's test images",
  columns: {
    name: "method",
    year: "year of the challenge",
    layers: "weighted layers",
    top5: "top-5 error (%)",
  },
  rows: [
    { name: "shallow, 2010", year: 2010, layers: null, top5: 28.2 },
    { name: "shallow, 2011", year: 2011, layers: null, top5: 25.8 },
    { name: "AlexNet", year: 2012, layers: 8, top5: 16.4 },
    { name: "ZFNet", year: 2013, layers: 8, top5: 11.7 },
    { name: "VGG", year: 2014, layers: 19, top5: 7.3 },
    { name: "GoogLeNet", year: 2014, layers: 22, top5: 6.7 },
    { name: "ResNet", year: 2015, layers: 152, top5: 3.57 },
  ],
};
