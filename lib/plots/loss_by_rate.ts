import type { Figure, ScatterTrace } from "./figure.ts";
import { figure, MUTED, PALETTE } from "./house_look.ts";

/** Losses at one learning rate. */
export interface RateLosses {
  readonly rate: number;
  readonly losses: readonly { readonly step: number; readonly loss: number }[];
}

/** Options for {@linkcode lossByRate}. */
export interface LossByRateOptions {
  /** The figure's title. */
  title?: string;
  /** The last step on the axis, so that a running figure keeps its scale. */
  steps?: number;
}

/** The loss of ten classes guessed at random, in nats. */
const CHANCE = Math.log(10);

/**
 * Draws the loss over the first steps at several learning rates, a line each,
 * with the loss of guessing among ten classes, `ln 10`, dotted.
 *
 * @example Usage
 * ```ts
 * import { lossByRate } from "./loss_by_rate.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const losses = [{ step: 1, loss: 2.4 }, { step: 2, loss: 2.2 }];
 * assertEquals(lossByRate([{ rate: 0.1, losses }]).data[0]?.name, "rate 0.1");
 * ```
 *
 * @param runs The losses, in the order of the legend.
 * @param options The title, and where the axis ends.
 * @returns The figure.
 */
export function lossByRate(
  runs: readonly RateLosses[],
  options: LossByRateOptions = {},
): Figure {
  const data = runs.map(({ rate, losses }, index): ScatterTrace => ({
    type: "scatter",
    mode: "lines+markers",
    name: `rate ${rate}`,
    x: losses.map(({ step }) => step),
    y: losses.map(({ loss }) => Number.isFinite(loss) ? loss : null),
    line: { color: PALETTE[index % PALETTE.length]!, width: 2.5 },
    marker: { color: PALETTE[index % PALETTE.length]!, size: 6 },
    hovertemplate: `step %{x}<br>loss %{y:.2f}<extra>rate ${rate}</extra>`,
  }));
  return figure(data, {
    title: { text: options.title ?? "Loss over the first steps" },
    xaxis: {
      title: { text: "training step" },
      ...options.steps === undefined
        ? { rangemode: "tozero" as const }
        : { range: [0, 1.02 * options.steps] as [number, number] },
    },
    yaxis: { title: { text: "training loss" }, rangemode: "tozero" },
    showlegend: true,
    shapes: [{
      type: "line",
      ...{ xref: "x domain", x0: 0, x1: 1 },
      ...{ yref: "y", y0: CHANCE, y1: CHANCE },
      line: { color: MUTED, width: 1.5, dash: "dot" },
    }],
    annotations: [{
      text: "guessing: ln 10",
      ...{ xref: "x domain", x: 0.99, xanchor: "right" },
      ...{ yref: "y", y: CHANCE, yanchor: "top" },
      showarrow: false,
      font: { size: 12, color: MUTED },
    }],
  });
}
