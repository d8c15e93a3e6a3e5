import type { Axis, AxisKey, Figure, Slider, SliderStep } from "./figure.ts";
import { axisKeys, GRID, MUTED, SIZE } from "./house_look.ts";
import { commonRanges } from "./common_ranges.ts";

/** A position of a slider. */
export interface SliderPosition {
  /** The value of the parameter: it stands above the slider. */
  readonly value: number | string;
  /** The figure for this value. */
  readonly figure: Figure;
}

/** Options for {@linkcode withSlider}. */
export interface SliderOptions {
  /** What the slider changes, such as "depth". */
  readonly name: string;
  /** The value that it begins at. Default: the first. */
  readonly start?: number | string;
}

/** Pixels that a slider takes below a figure. */
const ROOM = 88;

/**
 * One figure with a slider, of figures for several values of one parameter. The
 * slider is plotly's own: it works in a saved notebook too, where no kernel runs.
 * A picture of the figure shows the value that it begins at.
 *
 * All positions have one scale, so that they can be compared: where their data
 * reach differently far, each linear or logarithmic axis gets the range of all.
 *
 * @example Usage
 * ```ts
 * import { figure } from "./house_look.ts";
 * import { withSlider } from "./slider.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const positions = [1, 2, 3].map((power) => ({
 *   value: power,
 *   figure: figure([{ type: "scatter", x: [1, 2], y: [1, 2 ** power] }]),
 * }));
 * const { data, layout } = withSlider(positions, { name: "power", start: 2 });
 * assertEquals(data.map(({ visible }) => visible), [false, true, false]);
 * assertEquals(layout?.sliders?.[0]?.active, 1);
 * ```
 *
 * @param positions The figures from left to right, of the same size and the same
 * axes. Panels are put beside each other first (`sideBySide`).
 * @param options The slider's name, and where it begins.
 * @throws {RangeError} If there are no positions, two have the same value, none has
 * the value to begin at, or the figures do not fit together.
 */
export function withSlider(
  positions: readonly SliderPosition[],
  { name, start = positions[0]?.value ?? "" }: SliderOptions,
): Figure {
  const active = checkPositions(positions, start);
  const figures = positions.map(({ figure }) => figure);
  const ranges = commonRanges(figures);
  const shown = figures[active]!;
  const layout = structuredClone(shown.layout ?? {});
  for (const [key, range] of ranges) {
    layout[key] = { ...layout[key], range: [...range] };
  }
  const { height = SIZE.height, margin = {} } = layout;
  const { b = 80 } = margin; // plotly's own, where a layout has none
  const slider: Slider = {
    active,
    steps: positions.map((one, i) => step(one, i, figures, ranges)),
    currentvalue: { prefix: `${name}: ` },
    x: 0,
    y: 0,
    len: 1,
    pad: { t: b - 8, b: 8 }, // below the axes' titles and the legend
    bgcolor: GRID,
    activebgcolor: MUTED,
    bordercolor: MUTED,
    tickcolor: MUTED,
  };
  return {
    ...shown,
    data: figures.flatMap(({ data }, i) =>
      data.map((trace) => ({ ...trace, visible: i === active }))
    ),
    layout: {
      ...layout,
      height: height + ROOM,
      margin: { ...margin, b: b + ROOM },
      sliders: [slider],
    },
  };
}

/** What plotly changes at a position: what is seen, and all that is written. */
function step(
  { value, figure }: SliderPosition,
  index: number,
  figures: readonly Figure[],
  ranges: ReadonlyMap<AxisKey, readonly [number, number]>,
): SliderStep {
  const { title, annotations = [], shapes = [], ...layout } = figure.layout ??
    {};
  const changes: Record<string, unknown> = { annotations, shapes };
  changes["title.text"] = title?.text ?? "";
  changes["title.subtitle.text"] = title?.subtitle?.text ?? "";
  for (const key of axisKeys(layout)) {
    const axis = layout[key] ?? {};
    changes[`${key}.title.text`] = axis.title?.text ?? "";
    if (ranges.has(key)) changes[`${key}.range`] = [...ranges.get(key)!];
  }
  return {
    label: String(value),
    method: "update",
    args: [{
      visible: figures.flatMap(({ data }, i) => data.map(() => i === index)),
    }, changes],
  };
}

/** The position to begin at, if all fit together. */
function checkPositions(
  positions: readonly SliderPosition[],
  start: number | string,
): number {
  const [first] = positions;
  if (first === undefined) {
    throw new RangeError(
      "Expected at least one figure for the slider but found none",
    );
  }
  const values = positions.map(({ value }) => value);
  const twice = values.find((value, i) => values.indexOf(value) < i);
  if (twice !== undefined) {
    throw new RangeError(`Expected one figure for ${twice} but found several`);
  }
  for (const position of positions) checkFit(position, first);
  const active = values.indexOf(start);
  if (active < 0) {
    throw new RangeError(
      `Expected the slider to begin at one of ${
        values.join(", ")
      } but found ${start}`,
    );
  }
  return active;
}

function checkFit(one: SliderPosition, first: SliderPosition): void {
  if (one.figure.layout?.sliders) {
    throw new RangeError(
      `Expected figures without a slider but the one at ${one.value} has one`,
    );
  }
  const [expected, found] = [first, one].map(({ figure }) => frameOf(figure));
  for (const [i, part] of found!.entries()) {
    if (part === expected![i]) continue;
    throw new RangeError(
      `Expected the figure at ${one.value} to have ${
        expected![i]
      } as the one at ${first.value} but found ${part}`,
    );
  }
}

/** What does not change from a position to the next, in words. */
function frameOf({ layout = {} }: Figure): string[] {
  const { width = SIZE.width, height = SIZE.height } = layout;
  const axes = axisKeys(layout).toSorted();
  return [
    `a size of ${width} x ${height}`,
    `the axes ${axes.join(", ") || "of plotly"}`,
    ...axes.map((key) => {
      const axis: Axis = layout[key] ?? {};
      return `a ${axis.type ?? "linear"} ${key}`;
    }),
  ];
}
