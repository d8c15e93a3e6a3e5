import { checkAny } from "./check_any.ts";
import type { Axis, Figure, ScatterTrace } from "./figure.ts";
import { figure, PALETTE } from "./house_look.ts";

/** Points of a curve. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** What a formula says, and what was measured. */
export interface FormulaSeries {
  /** What it is of, such as "λ = 0.9". */
  readonly name: string;
  /** What the formula gives: a line; none if left out. */
  readonly formula?: Points;
  /** What was measured: marks, joined where there is no formula. */
  readonly measured?: Points;
}

/** Options of {@linkcode formulaAndMeasured}. */
export interface FormulaOptions {
  readonly title: string;
  /** What the axes measure. */
  readonly x: string;
  readonly y: string;
  /** A smaller line below the title. */
  readonly subtitle?: string;
  /** Whether `y` is drawn by powers of ten. Default true. */
  readonly logarithmic?: boolean;
}

/**
 * Draws what formulas say as lines, and what was measured as marks on them, or
 * beside them. A hue for each formula.
 *
 * Values of 0 or below, and such as are no finite numbers, have no place on a
 * scale of powers of ten, and are left out.
 *
 * @throws {RangeError} If there are no series, or a curve has not as many `x` as
 * `y`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formulaAndMeasured } from "./formula_and_measured.ts";
 *
 * const { data } = formulaAndMeasured([{
 *   name: "λ = 0.5",
 *   formula: { x: [0, 1, 2], y: [1, 0.5, 0.25] },
 *   measured: { x: [2], y: [0.25] },
 * }], { title: "Shortcuts that halve", x: "units", y: "factor" });
 * assertEquals(data.map(({ name }) => name), ["λ = 0.5", "λ = 0.5, measured"]);
 * ```
 */
export function formulaAndMeasured(
  series: readonly FormulaSeries[],
  options: FormulaOptions,
): Figure {
  checkAny(series, "formula");
  const { title, subtitle, x, y, logarithmic = true } = options;
  const data = series.flatMap((one, i) =>
    tracesOf(one, PALETTE[i % PALETTE.length]!, logarithmic)
  );
  const powers: Axis = { type: "log", exponentformat: "power" };
  return figure(data, {
    title: { text: title, ...subtitle && { subtitle: { text: subtitle } } },
    xaxis: { title: { text: x } },
    yaxis: { title: { text: y }, ...logarithmic && powers },
    showlegend: true,
  });
}

function tracesOf(
  { name, formula, measured }: FormulaSeries,
  color: string,
  logarithmic: boolean,
): ScatterTrace[] {
  const shared = { type: "scatter", legendgroup: name } as const;
  const traces: ScatterTrace[] = [];
  if (formula !== undefined) {
    traces.push({
      ...{ ...shared, name, mode: "lines" },
      ...coordinates(name, formula, logarithmic),
      line: { color, width: 2 },
      hovertemplate: `formula: %{y:.3~g}<extra>${name}, at %{x}</extra>`,
    });
  }
  if (measured !== undefined) {
    traces.push({
      ...shared,
      name: formula ? `${name}, measured` : name,
      mode: formula ? "markers" : "lines+markers",
      ...coordinates(name, measured, logarithmic),
      line: { color, width: 1 },
      marker: { color, size: 7, symbol: "circle-open" },
      hovertemplate: `measured: %{y:.3~g}<extra>${name}, at %{x}</extra>`,
      showlegend: formula === undefined,
    });
  }
  return traces;
}

function coordinates(
  name: string,
  { x, y }: Points,
  logarithmic: boolean,
): { x: number[]; y: (number | null)[] } {
  if (x.length !== y.length) {
    throw new RangeError(
      `Expected as many x as y of ${name} but found ${x.length} and ${y.length}`,
    );
  }
  const drawn = (value: number) =>
    Number.isFinite(value) && (value > 0 || !logarithmic);
  return { x: [...x], y: y.map((value) => drawn(value) ? value : null) };
}
