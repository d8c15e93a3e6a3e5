import type { Annotation, Figure, ScatterTrace } from "./figure.ts";
import { figure, hues, isPlain, MUTED, nameParts } from "./house_look.ts";

/** The norms of the gradient of one network's loss. */
export interface GradientNorms {
  /** The network's name, such as "plain-56". */
  readonly name: string;
  /** `||dE/dW_l||`, the 2-norm over a layer's kernel, from input to output. */
  readonly norms: readonly number[];
  /** The layers' names, shown when hovering. */
  readonly layers?: readonly string[];
}

/** Options for {@linkcode gradientNorms}. */
export interface GradientNormsOptions {
  /** The figure's title. */
  title?: string;
  /** What is drawn, for the axis. Default: "norm of the gradient". */
  quantity?: string;
}

/**
 * Draws how large the gradient is at each layer, from the input (left) to the
 * output (right), on a logarithmic scale: a gradient that vanishes falls by
 * powers of ten towards the left (He et al. 2015, section 4.1, argues that
 * with batch normalisation it does not).
 *
 * A hue for each depth; open marks are plain networks, filled ones others. A
 * norm of zero has no place on the scale: it leaves a gap, and a note on the
 * figure counts the gaps.
 *
 * @example Usage
 * ```ts
 * import { gradientNorms } from "./gradient_norms.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const plot = gradientNorms([{ name: "plain-20", norms: [0.5, 0.25, 1] }]);
 * assertEquals(plot.data[0]?.x, [1, 2, 3]);
 * assertEquals(plot.layout?.yaxis?.type, "log");
 * ```
 *
 * @param networks The networks, in the order of the legend.
 * @param options The figure's title, and what is drawn.
 * @returns The figure.
 * @throws {RangeError} If there are no networks, if a norm is negative or not
 * finite, or if the layers' names are not as many as the norms.
 */
export function gradientNorms(
  networks: readonly GradientNorms[],
  options: GradientNormsOptions = {},
): Figure {
  if (networks.length === 0) {
    throw new RangeError(
      "Expected at least one network to plot but found none",
    );
  }
  const colors = hues(networks.map((network) => network.name));
  const data = networks.map((network, index) => line(network, colors[index]!));
  const note = zeroNote(networks);
  return figure(data, {
    title: { text: options.title ?? "Gradient norm by layer" },
    xaxis: { title: { text: "layer, from input to output" } },
    yaxis: {
      title: { text: options.quantity ?? "norm of the gradient" },
      type: "log",
      exponentformat: "power",
      dtick: tickDistance(networks),
    },
    showlegend: true,
    ...(note ? { annotations: [note] } : {}),
  });
}

/** Ticks at each power of ten, or as many apart as leaves ten of them. */
function tickDistance(networks: readonly GradientNorms[]): number {
  const powers = networks.flatMap(({ norms }) => norms)
    .filter((norm) => norm > 0).map(Math.log10);
  const span = Math.max(...powers) - Math.min(...powers);
  return Math.max(1, Math.ceil(span / 10));
}

function line(network: GradientNorms, color: string): ScatterTrace {
  const { name, norms } = network;
  const layers = network.layers ??
    norms.map((_, index) => `layer ${index + 1}`);
  if (layers.length !== norms.length) {
    throw new RangeError(
      `Expected ${norms.length} layer names for ${name} but found ${layers.length}`,
    );
  }
  norms.forEach((norm, index) => {
    if (!(norm >= 0 && norm < Infinity)) {
      throw new RangeError(
        `Expected a gradient norm of at least 0 at ${
          layers[index]
        } of ${name} but found ${norm}`,
      );
    }
  });
  const plain = isPlain(nameParts(name).family);
  return {
    type: "scatter",
    mode: "lines+markers",
    name,
    legendgroup: name,
    x: norms.map((_, index) => index + 1),
    y: norms.map((norm) => norm === 0 ? null : norm),
    text: [...layers],
    hovertemplate: "%{text}<br>%{y:.3~g}",
    line: { color, width: 2, dash: plain ? "dot" : "solid" },
    marker: { color, size: 7, symbol: plain ? "circle-open" : "circle" },
  };
}

function zeroNote(networks: readonly GradientNorms[]): Annotation | null {
  const zeros = networks.flatMap(({ name, norms }) => {
    const count = norms.filter((norm) => norm === 0).length;
    return count === 0 ? [] : [`${name}: ${count}`];
  });
  if (zeros.length === 0) return null;
  return {
    text: `layers with norm 0, not drawn: ${zeros.join(", ")}`,
    xref: "paper",
    x: 0.99,
    xanchor: "right",
    yref: "paper",
    y: 0.02,
    yanchor: "bottom",
    showarrow: false,
    font: { size: 12, color: MUTED },
  };
}
