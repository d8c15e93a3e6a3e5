import type { Figure } from "./figure.ts";
import { layerLines, type LayerValues } from "./layer_lines.ts";

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
  const zeros = networks.flatMap(({ name, norms }) => {
    const count = norms.filter((norm) => norm === 0).length;
    return count === 0 ? [] : [`${name}: ${count}`];
  });
  return layerLines(networks.map(valuesOf), {
    title: options.title ?? "Gradient norm by layer",
    yaxis: {
      title: { text: options.quantity ?? "norm of the gradient" },
      type: "log",
      exponentformat: "power",
      dtick: tickDistance(networks),
    },
    ...zeros.length > 0 &&
      { note: `layers with norm 0, not drawn: ${zeros.join(", ")}` },
  });
}

/** Ticks at each power of ten, or as many apart as leaves ten of them. */
function tickDistance(networks: readonly GradientNorms[]): number {
  const powers = networks.flatMap(({ norms }) => norms)
    .filter((norm) => norm > 0).map(Math.log10);
  const span = Math.max(...powers) - Math.min(...powers);
  return Math.max(1, Math.ceil(span / 10));
}

/** Values for a scale that has no place for a norm of 0. */
function valuesOf(network: GradientNorms): LayerValues {
  const { name, norms } = network;
  const layers = network.layers ??
    norms.map((_, index) => `layer ${index + 1}`);
  norms.forEach((norm, index) => {
    if (!(norm >= 0 && norm < Infinity)) {
      throw new RangeError(
        `Expected a gradient norm of at least 0 at ${
          layers[index]
        } of ${name} but found ${norm}`,
      );
    }
  });
  return { name, values: norms.map((norm) => norm === 0 ? NaN : norm), layers };
}
