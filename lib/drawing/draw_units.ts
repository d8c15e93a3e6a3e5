import { checkOptions, type OptionNames } from "../data/check_options.ts";
import { checkInteger } from "../data/check_integer.ts";
import type { Layer } from "../networks/layer.ts";
import type { Shape } from "../networks/shape.ts";
import { unitDrawing } from "./draw_unit.ts";
import { moved } from "./marks.ts";
import { type Drawing, writeSvg } from "./svg.ts";
import type { Theme } from "./theme.ts";

/** A unit of {@linkcode drawUnits}. */
export interface TitledUnit {
  readonly unit: Layer;
  /** The shape of what it reads: `[height, width, channels]`, or `[features]`. */
  readonly input: Shape;
  /** What stands above it, such as "(a) original". */
  readonly title: string;
}

/** Options of {@linkcode drawUnits}. */
export interface DrawUnitsOptions {
  /** As of `drawUnit`. Default "transparent". */
  readonly theme?: Theme;
  /** Units beside each other, before a new row begins. Default 3. */
  readonly columns?: number;
  /** What the drawing is called. Default its units' titles. */
  readonly title?: string;
}

const OPTIONS: OptionNames<DrawUnitsOptions> = {
  theme: true,
  columns: true,
  title: true,
};

/**
 * Draws units beside each other, in rows, as R16 Figs. 2 and 4 do: each as
 * `drawUnit` does.
 *
 * @returns The text of an SVG, the same for the same units.
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If there are no units, `columns` is no whole number from
 * 1, shapes do not fit, or there is no such theme.
 * @throws {TypeError} If a unit is a network.
 *
 * @example In a notebook: `svg(drawUnits(units))`
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { convolution, relu, residual } from "../networks/layer.ts";
 * import { drawUnits } from "./draw_units.ts";
 *
 * const unit = (after: boolean) =>
 *   residual("unit", [convolution("conv", 16, 3), ...after ? [relu("relu")] : []]);
 * const drawing = drawUnits([
 *   { unit: unit(false), input: [32, 32, 16], title: "(a) without" },
 *   { unit: unit(true), input: [32, 32, 16], title: "(b) with ReLU" },
 * ]);
 * assertStringIncludes(drawing, ">(b) with ReLU</text>");
 * ```
 */
export function drawUnits(
  units: readonly TitledUnit[],
  options: DrawUnitsOptions = {},
): string {
  checkOptions(options, OPTIONS);
  const { theme = "transparent", columns = 3 } = options;
  if (units.length === 0) {
    throw new RangeError("Expected at least one unit to draw but found none");
  }
  checkInteger(columns, "columns", 1);
  const drawings = units.map(({ unit, input, title }) =>
    unitDrawing(unit, input, title)
  );
  const rows = Array.from(
    { length: Math.ceil(drawings.length / columns) },
    (_, row) => drawings.slice(row * columns, (row + 1) * columns),
  );
  // A column is as wide as the widest unit in it: titles stand in line.
  const widths = Array.from(
    { length: Math.min(columns, drawings.length) },
    (_, column) => Math.max(...rows.map((row) => row[column]?.width ?? 0)),
  );
  return writeSvg({
    ...placed(rows, widths),
    title: options.title ?? units.map(({ title }) => title).join(", "),
    description: drawings.map(({ title, description }) =>
      `${title}: ${description}`
    ).join(" "),
  }, theme);
}

/** All marks at their places; a unit stands in the middle of its column. */
function placed(
  rows: readonly (readonly Drawing[])[],
  widths: readonly number[],
): Pick<Drawing, "width" | "height" | "marks"> {
  let y = 0;
  const marks = rows.flatMap((row) => {
    let x = 0;
    const top = y;
    y += Math.max(...row.map(({ height }) => height));
    return row.flatMap(({ marks, width }, column) => {
      const left = x + ((widths[column] ?? width) - width) / 2;
      x += widths[column] ?? width;
      return moved(marks, left, top);
    });
  });
  const width = widths.reduce((sum, one) => sum + one, 0);
  return { width, height: y, marks };
}
