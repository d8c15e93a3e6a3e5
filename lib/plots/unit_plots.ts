import type { Contribution } from "../measurements/contributions.ts";
import type { GateOpenness } from "../measurements/gate_openness.ts";
import type { LesionStudy } from "../measurements/lesion_study.ts";
import type { PathGradients } from "../measurements/path_gradients.ts";
import { checkAny } from "./check_any.ts";
import type { Figure, ScatterTrace, Shape } from "./figure.ts";
import { figure, hues, isPlain, nameParts, PALETTE } from "./house_look.ts";
import { finiteOrGap, layerLines } from "./layer_lines.ts";
import { sideBySide } from "./side_by_side.ts";

const UNITS = "unit, from input to output";

/** What was measured of one network. */
export interface OfNetwork<T> {
  /** The network's name, such as "ResNet-56". */
  readonly name: string;
  readonly found: T;
}

/**
 * Draws the mean transform gate of each layer, from 0, which carries, to 1,
 * which transforms.
 *
 * @throws {RangeError} If there are no networks.
 */
export function gateOpennessPlot(
  networks: readonly OfNetwork<readonly GateOpenness[]>[],
  title = "How far the gates are open",
): Figure {
  return layerLines(
    networks.map(({ name, found }) => ({
      name,
      values: found.map(({ mean }) => mean),
      layers: found.map(({ unit }) => unit),
    })),
    {
      title,
      across: UNITS,
      yaxis: { title: { text: "mean of the gate" }, range: [0, 1] },
    },
  );
}

/**
 * Draws what bodies bring beside shortcuts: on the left `||F(x)|| / ||h(x)||`, on
 * the right the cosine of the angle between them.
 *
 * @throws {RangeError} If there are no networks.
 */
export function contributionsPlot(
  networks: readonly OfNetwork<readonly Contribution[]>[],
  title = "What units add to their shortcuts",
): Figure {
  const panel = (
    key: "ratio" | "cosine",
    heading: string,
    range: { rangemode: "tozero" } | { range: [number, number] },
  ) =>
    layerLines(
      networks.map(({ name, found }) => ({
        name,
        values: found.map((one) => one[key]),
        layers: found.map(({ unit }) => unit),
      })),
      {
        title: heading,
        across: UNITS,
        yaxis: { title: { text: key }, ...range },
      },
    );
  return sideBySide([
    panel("ratio", "‖F(x)‖ / ‖h(x)‖", { rangemode: "tozero" }),
    panel("cosine", "cosine of F(x) and h(x)", { range: [-1, 1] }),
  ], { title, sharedY: false });
}

/**
 * Draws the error of each network without one unit, or layer, after another
 * (Veit et al. 2016, Fig. 3), and as a level the error of the whole.
 *
 * @throws {RangeError} If there are no networks.
 */
export function lesionPlot(
  networks: readonly OfNetwork<LesionStudy>[],
  title = "Error without one unit",
): Figure {
  const drawn = layerLines(
    networks.map(({ name, found }) => ({
      name,
      values: found.lesions.map(({ error }) => error),
      layers: found.lesions.map(({ dropped }) => `without ${dropped}`),
    })),
    {
      title,
      subtitle: "thin, level: with all units",
      across: "dropped unit, from input to output",
      yaxis: { title: { text: "error (%)" }, range: [0, 100] },
    },
  );
  const colors = hues(networks.map(({ name }) => name));
  const shapes = networks.map(({ name, found }, i): Shape => ({
    type: "line",
    xref: "x domain",
    x0: 0,
    x1: 1,
    yref: "y",
    y0: found.whole.error,
    y1: found.whole.error,
    line: {
      color: colors[i]!,
      width: 1.5,
      dash: isPlain(nameParts(name).family) ? "dot" : "solid",
    },
  }));
  return { ...drawn, layout: { ...drawn.layout, shapes } };
}

/**
 * Draws how paths of each length share in the gradient, in three panels as Fig. 6
 * of Veit et al. 2016: how many there are, how large the gradient through one is,
 * and both multiplied.
 *
 * @throws {RangeError} If there are no lengths.
 */
export function pathGradientsPlot(
  lengths: readonly PathGradients[],
  title = "Gradients through paths of one length",
): Figure {
  checkAny(lengths, "length");
  const panel = (
    heading: string,
    value: (one: PathGradients) => number,
    log = false,
  ) => {
    const trace: ScatterTrace = {
      type: "scatter",
      mode: "lines+markers",
      name: heading,
      showlegend: false,
      x: lengths.map(({ length }) => length),
      y: lengths.map((one) =>
        log && value(one) === 0 ? null : finiteOrGap(value(one))
      ),
      hovertemplate: "length %{x}<br>%{y:.3~g}",
      line: { color: PALETTE[0]!, width: 2 },
      marker: { color: PALETTE[0]!, size: 7, symbol: "circle" },
    };
    return figure([trace], {
      title: { text: heading },
      xaxis: { title: { text: "path length" } },
      yaxis: {
        ...log
          ? { type: "log", exponentformat: "power" } as const
          : { rangemode: "tozero" } as const,
      },
    });
  };
  return sideBySide([
    panel("share of all paths", ({ share }) => share),
    panel("norm of one's gradient", ({ mean }) => mean, true),
    panel("share * norm", ({ share, mean }) => share * mean),
  ], { title, sharedY: false, width: 1080 });
}
