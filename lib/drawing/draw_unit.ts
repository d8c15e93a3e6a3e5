import { checkOptions, type OptionNames } from "../data/check_options.ts";
import type { Layer } from "../networks/layer.ts";
import { outputShape, type Shape } from "../networks/shape.ts";
import { type Block, flowInto, isSomething } from "./block.ts";
import { checkUnit } from "./check_unit.ts";
import { labelOf, shapeLabel } from "./labels.ts";
import { layOut, operationsIn } from "./manner.ts";
import { type Mark, moved, type Point, words } from "./marks.ts";
import { type Drawing, writeSvg } from "./svg.ts";
import { widthOf } from "./text_width.ts";
import type { Theme } from "./theme.ts";
import { UNIT_METRICS, unitManner } from "./unit_manner.ts";

/** Options of {@linkcode drawUnit}. */
export interface DrawUnitOptions {
  /**
   * "transparent", "light", "dark", or "auto": light or dark as the reader's
   * system has it. Default "transparent": as figures, it fits in with any page.
   */
  readonly theme?: Theme;
  /** What stands above the unit, such as "(a) original". Default nothing. */
  readonly title?: string;
}

const OPTIONS: OptionNames<DrawUnitOptions> = { theme: true, title: true };

/** Room at a drawing's edges. */
const MARGIN = 16;
const TITLE_FONT = 15;

/**
 * Draws one unit in full, as R16 Figs. 2 and 4 do: every operation a box, the
 * shortcut a thick line (dotted where dimensions change), the layers beside
 * it, the addition a circle. Where an operation changes the shape, the new one
 * stands beside it.
 *
 * @param layer The unit, such as the `unit` of one of {@linkcode unitsOf}.
 * @param input The shape of what it reads: `[height, width, channels]`, or
 * `[features]`.
 * @returns The text of an SVG, the same for the same unit.
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If shapes do not fit, or there is no such theme.
 * @throws {TypeError} If the unit is a network.
 *
 * @example In a notebook: `svg(drawUnit(unit, [32, 32, 16]))`
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { batchNorm, convolution, relu, residual } from "../networks/layer.ts";
 * import { drawUnit } from "./draw_unit.ts";
 *
 * const unit = residual("unit", [
 *   batchNorm("norm"),
 *   relu("relu"),
 *   convolution("conv", 16, 3),
 * ]);
 * assertStringIncludes(drawUnit(unit, [32, 32, 16]), ">ReLU</text>");
 * ```
 */
export function drawUnit(
  layer: Layer,
  input: Shape,
  options: DrawUnitOptions = {},
): string {
  checkOptions(options, OPTIONS);
  const { theme = "transparent", title } = options;
  return writeSvg(unitDrawing(layer, input, title), theme);
}

/** The drawing of a unit before it is written, its title above it. */
export function unitDrawing(
  layer: Layer,
  input: Shape,
  title?: string,
): Drawing {
  checkUnit(layer);
  const output = outputShape(layer, input);
  const block = layOut([layer], { path: "", input }, unitManner());
  const { marks, left, right, height } = betweenStates(block, input, output);
  const half = title === undefined ? 0 : widthOf(title, TITLE_FONT, true) / 2;
  // A title that is wider than the unit stands above its middle.
  const middle = (right - left) / 2;
  const from = Math.max(left, half - middle);
  const x = MARGIN + from;
  const heading = title === undefined ? 0 : 30;
  return {
    width: x + Math.max(right, middle + half) + MARGIN,
    height: height + heading + 2 * MARGIN,
    marks: [
      ...title === undefined ? [] : [
        words(title, [x + middle, MARGIN + TITLE_FONT], TITLE_FONT, {
          anchor: "middle",
          bold: true,
        }),
      ],
      ...moved(marks, x, MARGIN + heading),
    ],
    title: title ?? `Unit ${layer.name}`.trim(),
    description: describe(layer, input, output),
  };
}

/** A unit below what it reads and above what it gives. */
function betweenStates(
  block: Block,
  input: Shape,
  output: Shape,
): Pick<Block, "left" | "right" | "height" | "marks"> {
  const { gap, font, smallFont } = UNIT_METRICS;
  const top = font + 8 + gap;
  const end = top + block.height + gap;
  const baseline = end + font + 4;
  return {
    left: Math.max(block.left, font),
    right: Math.max(
      block.right,
      ...[input, output].map((shape) =>
        3 * font + widthOf(shapeLabel(shape), smallFont)
      ),
    ),
    height: baseline + 6,
    marks: [
      ...state("l", input, [0, font]),
      ...isSomething(block) ? [flowInto(block, font + 8, top)] : [],
      ...moved(block.marks, 0, top),
      flowInto({ ...block, top: "box" }, top + block.height, end),
      ...state("l+1", output, [0, baseline]),
    ],
  };
}

/** `x` with its index, and its shape beside it. */
function state(index: string, shape: Shape, [x, y]: Point): Mark[] {
  const { font, smallFont } = UNIT_METRICS;
  return [
    words("x", [x, y], font + 2, {
      anchor: "middle",
      italic: true,
      subscript: index,
    }),
    words(shapeLabel(shape), [x + 2 * font, y], smallFont, { look: "muted" }),
  ];
}

function describe(layer: Layer, input: Shape, output: Shape): string {
  const placed = operationsIn([layer], { path: "", input });
  const list = (onShortcut: boolean) =>
    placed.filter((one) => one.onShortcut === onShortcut)
      .map(({ layer }) => labelOf(layer)).join("; ") || "nothing";
  return `From ${shapeLabel(input)} to ${shapeLabel(output)}. ` +
    `Layers: ${list(false)}. On the shortcut or its gate: ${list(true)}.`;
}
