import type {
  LayerRecord,
  LayerState,
} from "../measurements/layer_recorder.ts";
import type { Histogram } from "../measurements/summary.ts";
import type { Figure, ScatterTrace } from "./figure.ts";
import { figure, PALETTE } from "./house_look.ts";
import { finiteOrGap } from "./layer_lines.ts";
import { sideBySide } from "./side_by_side.ts";

/** What is followed over training. */
export type Followed =
  | "mean"
  | "deviation"
  | "percentile98"
  | "saturation"
  | "gradientNorm";

const FOLLOWED: Readonly<
  Record<Followed, { label: string; of: (state: LayerState) => number }>
> = {
  mean: { label: "mean activation", of: ({ activations }) => activations.mean },
  deviation: {
    label: "std of activations",
    of: ({ activations }) => activations.deviation,
  },
  percentile98: {
    label: "98 percentile of activations",
    of: ({ activations }) => activations.percentile98,
  },
  saturation: {
    label: "share of saturated units",
    of: ({ saturation }) => saturation ? saturation.low + saturation.high : NaN,
  },
  gradientNorm: {
    label: "norm of back-propagated gradients",
    of: ({ gradientNorm }) => gradientNorm,
  },
};

/**
 * Draws what activations or gradients of each layer do over training, a line for
 * each layer, as Figs. 2 (mean) and 3 (98 percentile) of Glorot and Bengio 2010.
 *
 * @throws {RangeError} If nothing was recorded.
 */
export function layerHistory(
  records: readonly LayerRecord[],
  followed: Followed,
  title = "Layers over training",
): Figure {
  const { label, of } = FOLLOWED[followed];
  const log = followed === "gradientNorm";
  const data = pathsOf(records).map((path, i): ScatterTrace => ({
    ...lineOf(path, i),
    x: records.map(({ step }) => step),
    y: records.map((record) => {
      const state = stateOf(record, path);
      const value = state === undefined ? NaN : of(state);
      return log && value === 0 ? null : finiteOrGap(value);
    }),
    hovertemplate: `step %{x}<br>%{y:.3~g}<extra>${path}</extra>`,
  }));
  return figure(data, {
    title: { text: title },
    xaxis: { title: { text: "training step" }, rangemode: "tozero" },
    yaxis: {
      title: { text: label },
      ...log ? { type: "log", exponentformat: "power" } as const : {},
    },
    showlegend: true,
  });
}

/**
 * Draws normalised histograms, a line for each layer, at one time: of activations
 * as Figs. 4 and 6 of Glorot and Bengio 2010, or of back-propagated gradients as
 * Fig. 7.
 *
 * @throws {RangeError} If nothing was recorded of any layer.
 */
export function layerHistograms(
  record: LayerRecord,
  of: "activations" | "gradients" = "activations",
  title = `Histograms of ${of}`,
): Figure {
  const data = pathsOf([record]).map((path, i): ScatterTrace => {
    const { histogram } = stateOf(record, path)![of];
    return {
      ...lineOf(path, i),
      x: centresOf(histogram),
      y: [...histogram.shares],
      hovertemplate: `%{x:.3~g}<br>%{y:.1%}<extra>${path}</extra>`,
    };
  });
  return figure(data, {
    title: { text: title, subtitle: { text: `at step ${record.step}` } },
    xaxis: {
      title: { text: of === "activations" ? "activation" : "gradient" },
    },
    yaxis: { title: { text: "share of units" }, rangemode: "tozero" },
    showlegend: true,
  });
}

/** Panels that {@linkcode histogramsOverTime} has at most. */
const MOST_PANELS = 9;

/**
 * Draws how histograms change over training: a panel for each layer, in which a
 * column is the histogram at one step. Of more than nine layers nine are drawn,
 * evenly from the first to the last.
 *
 * @throws {RangeError} If nothing was recorded.
 */
export function histogramsOverTime(
  records: readonly LayerRecord[],
  of: "activations" | "gradients" = "activations",
  title = `Histograms of ${of} over training`,
): Figure {
  const all = pathsOf(records);
  const count = Math.min(all.length, MOST_PANELS);
  const paths = Array.from(
    { length: count },
    (_, i) => all[Math.round(i * (all.length - 1) / Math.max(1, count - 1))]!,
  );
  // One scale for all panels: the last one's colour bar serves them all.
  const highest = Math.max(
    ...records.flatMap((record) =>
      paths.flatMap((path) =>
        stateOf(record, path)?.[of].histogram.shares ?? []
      )
    ),
  );
  const panels = paths.map((path, i) => {
    const found = records.flatMap((record) =>
      stateOf(record, path)?.[of] ?? []
    );
    const centres = centresOf(found[0]!.histogram);
    return figure([{
      type: "heatmap",
      x: records.map(({ step }) => String(step)),
      y: centres,
      z: centres.map((_, bin) =>
        found.map(({ histogram }) => histogram.shares[bin] ?? null)
      ),
      zmin: 0,
      zmax: highest,
      colorscale: "Cividis",
      showscale: i === paths.length - 1,
      hovertemplate: "step %{x}<br>%{y:.3~g}: %{z:.1%}<extra></extra>",
    }], {
      title: { text: path },
      xaxis: {
        title: { text: "training step" },
        type: "category",
        showgrid: false,
      },
      yaxis: {
        title: { text: of === "activations" ? "activation" : "gradient" },
      },
    });
  });
  return sideBySide(panels, { title, width: Math.max(760, 240 * count) });
}

function lineOf(path: string, index: number) {
  const color = PALETTE[index % PALETTE.length]!;
  const dash = index < PALETTE.length ? "solid" : "dash";
  return {
    type: "scatter",
    mode: "lines",
    name: path,
    legendgroup: path,
    line: { color, width: 2, dash },
  } as const;
}

function pathsOf(records: readonly LayerRecord[]): string[] {
  const paths = (records[0]?.layers ?? []).map(({ path }) => path);
  if (paths.length === 0) {
    throw new RangeError("Expected a record of layers to plot but found none");
  }
  return paths;
}

function stateOf(record: LayerRecord, path: string): LayerState | undefined {
  return record.layers.find((layer) => layer.path === path);
}

/** The middle of each bin. */
function centresOf({ low, high, shares }: Histogram): number[] {
  const width = (high - low) / shares.length;
  return shares.map((_, i) => low + (i + 0.5) * width);
}
