import type { IdentityRun } from "../lab/learn_identity.ts";
import type { LayerVariance } from "../lab/variance_propagation.ts";
import { checkAny } from "./check_any.ts";
import type { Figure, ScatterTrace } from "./figure.ts";
import { figure, PALETTE } from "./house_look.ts";
import { sideBySide } from "./side_by_side.ts";
import { undrawnNote } from "./undrawn_note.ts";

/**
 * Draws how stacks of layers learn the identity, a line for each run: vermillion
 * and dotted as they are, blue and solid as bodies of a residual unit.
 *
 * @throws {RangeError} If there are no runs.
 */
export function identityPlot(
  runs: readonly IdentityRun[],
  title = "Learning the identity",
): Figure {
  checkAny(runs, "run");
  const data = runs.map(({ kind, seed, losses }, i): ScatterTrace => ({
    type: "scatter",
    mode: "lines",
    name: kind === "plain" ? "F(x)" : "F(x) + x",
    legendgroup: kind,
    showlegend: runs.findIndex((run) => run.kind === kind) === i,
    x: losses.map((_, step) => step),
    // As many digits as are shown: there are many points.
    y: losses.map((loss) => positiveOrGap(Number(loss.toPrecision(4)))),
    hovertemplate: `step %{x}<br>%{y:.3~g}<extra>${kind}, seed ${seed}</extra>`,
    line: kind === "plain"
      ? { color: PALETTE[1]!, width: 2, dash: "dot" }
      : { color: PALETTE[0]!, width: 2, dash: "solid" },
  }));
  return figure(data, {
    title: {
      text: title,
      subtitle: { text: "an output of zeros has error 1" },
    },
    xaxis: { title: { text: "training step" }, rangemode: "tozero" },
    yaxis: {
      title: { text: "relative squared error" },
      type: "log",
      exponentformat: "power",
      dtick: 1,
    },
    showlegend: true,
  });
}

/** Variances of a network that one initialiser has drawn. */
export interface InitialiserVariances {
  /** The initialiser's name. */
  readonly name: string;
  readonly layers: readonly LayerVariance[];
}

/**
 * Draws the variance of activations (left) and gradients (right) by layer: marks
 * are measured, lines the formula's. What has fallen to 0, or grown beyond all
 * numbers, has no place on the scale, and a note counts it.
 *
 * @throws {RangeError} If there are no initialisers.
 */
export function variancePlot(
  initialisers: readonly InitialiserVariances[],
  title = "Variance by depth before training",
): Figure {
  checkAny(initialisers, "initialiser");
  const panels = (["forward", "backward"] as const).map((way) => {
    const data = initialisers.flatMap((one, i) => tracesOf(one, way, i));
    const missing = initialisers.flatMap(({ layers }) =>
      layers.filter((layer) => positiveOrGap(layer[way].measured) === null)
    );
    return figure(data, {
      title: { text: way === "forward" ? "activations" : "gradients" },
      xaxis: { title: { text: "layer" } },
      yaxis: {
        title: { text: "variance" },
        type: "log",
        exponentformat: "power",
      },
      showlegend: true,
      ...missing.length > 0 && {
        annotations: [
          undrawnNote(`0 or not finite, not drawn: ${missing.length}`),
        ],
      },
    });
  });
  return sideBySide(panels, {
    title,
    subtitle: "marks: measured · lines: the papers' formulas",
    sharedY: false,
  });
}

function tracesOf(
  { name, layers }: InitialiserVariances,
  way: "forward" | "backward",
  index: number,
): ScatterTrace[] {
  const color = PALETTE[index % PALETTE.length]!;
  const shared = {
    type: "scatter",
    legendgroup: name,
    x: layers.map(({ layer }) => layer),
    hovertemplate: `layer %{x}<br>%{y:.3~g}<extra>${name}</extra>`,
  } as const;
  return [{
    ...shared,
    x: [...shared.x],
    mode: "markers",
    name,
    y: layers.map((layer) => positiveOrGap(layer[way].measured)),
    marker: { color, size: 7, symbol: "circle" },
  }, {
    ...shared,
    x: [...shared.x],
    mode: "lines",
    name: `${name}, formula`,
    showlegend: false,
    y: layers.map((layer) => positiveOrGap(layer[way].predicted)),
    line: { color, width: 1.5, dash: "solid" },
  }];
}

/** A value that a logarithmic axis has a place for, or a gap. */
function positiveOrGap(value: number): number | null {
  return value > 0 && value < Infinity ? value : null;
}
