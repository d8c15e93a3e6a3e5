import { checkAny } from "./check_any.ts";
import type { Figure, ScatterTrace } from "./figure.ts";
import { figure, PALETTE } from "./house_look.ts";
import { lineByPlace } from "./layer_lines.ts";

/** A value for each of a network's units. */
export interface UnitLine {
  /** What the line is of, such as "(e) full pre-activation". */
  readonly name: string;
  /** From input to output; what is not finite leaves a gap. */
  readonly values: readonly number[];
  /** The units' names, shown when hovering. */
  readonly units: readonly string[];
  /** Place of its hue in the palette. Default its place among the lines. */
  readonly hue?: number;
}

/** What {@linkcode unitLines} writes. */
export interface UnitLinesOptions {
  readonly title: string;
  /** What the values are. */
  readonly quantity: string;
  /** Whether the scale is in powers of ten. Default false. */
  readonly log?: boolean;
  /** What stands below. Default "unit, from input to output". */
  readonly across?: string;
}

/**
 * Draws a value of each unit, a line for each design of units. Each has a hue
 * of its own: networks of one depth are compared.
 *
 * @throws {RangeError} If there are no lines, or not as many names as values.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { unitLines } from "./unit_lines.ts";
 *
 * const { data } = unitLines([
 *   { name: "(a) original", values: [1, 2], units: ["unit1", "unit2"] },
 * ], { title: "What passes", quantity: "mean" });
 * assertEquals(data[0]?.x, [1, 2]);
 * ```
 */
export function unitLines(
  lines: readonly UnitLine[],
  options: UnitLinesOptions,
): Figure {
  const { title, quantity, log = false } = options;
  const { across = "unit, from input to output" } = options;
  checkAny(lines, "line");
  const data = lines.map(({ name, values, units, hue }, i): ScatterTrace => {
    const color = PALETTE[(hue ?? i) % PALETTE.length]!;
    return {
      ...lineByPlace(name, values, units, "unit"),
      hovertemplate: `%{text}<br>%{y:.3~g}<extra>${name}</extra>`,
      line: { color, width: 2 },
      marker: { color, size: 6 },
    };
  });
  return figure(data, {
    title: { text: title },
    xaxis: { title: { text: across } },
    yaxis: {
      title: { text: quantity },
      ...log ? { type: "log", exponentformat: "power", dtick: 1 } : {},
    },
    showlegend: true,
  });
}
