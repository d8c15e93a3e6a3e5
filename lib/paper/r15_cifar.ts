import type { PaperTable, Spread } from "./paper_table.ts";

/** A network of {@linkcode R15_TABLE_6}. */
export interface CifarErrorRow {
  readonly name: string;
  readonly layers: number | null;
  /** Parameters in millions, rounded as printed. */
  readonly millionParameters: number | null;
  /** Test error in per cent, of the best run where there are several. */
  readonly error: number;
  /** Over five runs. */
  readonly spread: Spread | null;
}

/**
 * R15 Table 6: networks on CIFAR-10 with data augmentation. The ResNets have
 * option A everywhere.
 */
export const R15_TABLE_6: PaperTable<CifarErrorRow> = {
  paper: "R15",
  table: "Table 6",
  title: "Error on CIFAR-10's test images, with data augmentation",
  columns: {
    name: "method, with its number of layers",
    layers: "# layers",
    millionParameters: "# params, in millions",
    error: "error (%)",
    spread: "error (%), in brackets: mean and standard deviation",
  },
  rows: [
    row("Maxout", null, null, 9.38),
    row("NIN", null, null, 8.81),
    row("DSN", null, null, 8.22),
    row("FitNet", 19, 2.5, 8.39),
    row("Highway", 19, 2.3, 7.54, { mean: 7.72, deviation: 0.16 }),
    row("Highway", 32, 1.25, 8.8),
    row("ResNet", 20, 0.27, 8.75),
    row("ResNet", 32, 0.46, 7.51),
    row("ResNet", 44, 0.66, 7.17),
    row("ResNet", 56, 0.85, 6.97),
    row("ResNet", 110, 1.7, 6.43, { mean: 6.61, deviation: 0.16 }),
    row("ResNet", 1202, 19.4, 7.93),
  ],
};

/**
 * R15 Fig. 6, left, which prints no error: plain networks from the lowest to the
 * highest, in training and in test error alike. plain-110 is not drawn.
 */
export const R15_FIGURE_6 = {
  paper: "R15",
  figure: "Fig. 6, left",
  /** Where claims stand of which the paper prints no figures. */
  place: "Fig. 6, curves only",
  plainOrder: ["plain-20", "plain-32", "plain-44", "plain-56", "plain-110"],
  /** What the error of plain-110 is above, in per cent. */
  plain110Above: 60,
} as const;

function row(
  method: string,
  layers: number | null,
  millionParameters: number | null,
  error: number,
  spread: Spread | null = null,
): CifarErrorRow {
  const name = layers === null ? method : `${method}-${layers}`;
  return { name, layers, millionParameters, error, spread };
}
