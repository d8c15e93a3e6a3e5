import { checkAny } from "./check_any.ts";
import type { Axis, Figure, ScatterTrace } from "./figure.ts";
import { figure, hues, isPlain, nameParts } from "./house_look.ts";
import { undrawnNote } from "./undrawn_note.ts";

/** One value for each layer, or unit, of a network. */
export interface LayerValues {
  /** The network's name, such as "ResNet-56". */
  readonly name: string;
  /** Values from input to output; what is not finite leaves a gap. */
  readonly values: readonly number[];
  /** The layers' names, shown when hovering. */
  readonly layers: readonly string[];
}

/** What {@linkcode layerLines} writes. */
export interface LayerLinesOptions {
  /** The figure's title. */
  readonly title: string;
  /** A smaller line below it. */
  readonly subtitle?: string;
  /** What stands below the layers. */
  readonly across?: string;
  /** The axis of the values. */
  readonly yaxis: Axis;
  /** What is left out, in words on the figure. */
  readonly note?: string;
}

/**
 * Draws a value for each layer, a line for each network: a hue for each depth,
 * open marks of plain networks, filled ones of others.
 *
 * @throws {RangeError} If there are no networks, or not as many names as values.
 */
export function layerLines(
  networks: readonly LayerValues[],
  options: LayerLinesOptions,
): Figure {
  const { title, subtitle, yaxis, note } = options;
  const { across = "layer, from input to output" } = options;
  checkAny(networks, "network");
  const colors = hues(networks.map(({ name }) => name));
  return figure(networks.map((network, i) => line(network, colors[i]!)), {
    title: { text: title, ...subtitle ? { subtitle: { text: subtitle } } : {} },
    xaxis: { title: { text: across } },
    yaxis,
    showlegend: true,
    ...note !== undefined && { annotations: [undrawnNote(note)] },
  });
}

function line(
  { name, values, layers }: LayerValues,
  color: string,
): ScatterTrace {
  const plain = isPlain(nameParts(name).family);
  return {
    ...lineByPlace(name, values, layers, "layer"),
    hovertemplate: "%{text}<br>%{y:.3~g}",
    line: { color, width: 2, dash: plain ? "dot" : "solid" },
    marker: { color, size: 7, symbol: plain ? "circle-open" : "circle" },
  };
}

/**
 * A line through the values at the places 1, 2, ...
 *
 * @param places The places' names.
 * @param kind What a place is.
 * @throws {RangeError} If there are not as many names as values.
 */
export function lineByPlace(
  name: string,
  values: readonly number[],
  places: readonly string[],
  kind: "layer" | "unit",
): ScatterTrace {
  if (places.length !== values.length) {
    throw new RangeError(
      `Expected ${values.length} ${kind} names for ${name} but found ${places.length}`,
    );
  }
  return {
    type: "scatter",
    mode: "lines+markers",
    name,
    legendgroup: name,
    x: values.map((_, i) => i + 1),
    y: values.map(finiteOrGap),
    text: [...places],
  };
}

/** A value that can be drawn, or a gap. */
export function finiteOrGap(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
