import { R16_FAIL_ABOVE, type ShortcutRow } from "../paper/r16_units.ts";
import { checkAny } from "./check_any.ts";
import type { BarTrace, Figure } from "./figure.ts";
import { figure, PALETTE, PAPER_MARKER, WIDE } from "./house_look.ts";

/** A shortcut's error here, beside R16 Table 1. */
export interface ShortcutResult {
  /** Its row of Table 1. */
  readonly row: ShortcutRow;
  /** Our test error in per cent, the mean of all seeds; none without a run. */
  readonly ours?: number | undefined;
  /** The error from each seed. */
  readonly seeds?: readonly number[];
}

/** Options of {@linkcode paperTable1}. */
export interface PaperTable1Options {
  readonly title?: string;
  /** What ours are: network, steps. */
  readonly subtitle?: string;
}

/**
 * Draws R16 Table 1 as bars in the paper's style, with our own test errors
 * beside it. A failure, of which the paper says no more than that its error is
 * above 20 %, is a bar of that height with the word on it.
 *
 * @throws {RangeError} If there are no rows.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { R16_TABLE_1 } from "../paper/r16_units.ts";
 * import { paperTable1 } from "./paper_table_1.ts";
 *
 * const [original] = R16_TABLE_1.rows;
 * const { data } = paperTable1([{ row: original!, ours: 38 }]);
 * assertEquals(data.map(({ name }) => name), ["paper, ResNet-110", "ours"]);
 * ```
 */
export function paperTable1(
  results: readonly ShortcutResult[],
  options: PaperTable1Options = {},
): Figure {
  checkAny(results, "row");
  const { title = "R16 Table 1, beside ours", subtitle } = options;
  const x = results.map(({ row }) => labelOf(row));
  const ours = results.map((result) => result.ours);
  const data = [
    paperBars(x, results.map(({ row }) => row.error)),
    ...ours.every((error) => error === undefined)
      ? []
      : [ourBars(x, ours, results.map(({ seeds = [] }) => seeds))],
  ];
  const highest = Math.max(R16_FAIL_ABOVE, ...ours.map((error) => error ?? 0));
  return figure(data, {
    title: { text: title, ...subtitle && { subtitle: { text: subtitle } } },
    xaxis: { type: "category", showgrid: false, automargin: true },
    yaxis: { title: { text: "test error (%)" }, range: [0, 1.15 * highest] },
    showlegend: true,
    width: WIDE,
  });
}

/** A shortcut in short lines. */
function labelOf(row: ShortcutRow): string {
  const { variant, gateBias, onShortcut, onResidual } = row;
  const setting = gateBias !== null
    ? `b_g = ${typeof gateBias === "number" ? gateBias : gateBias.join(" to ")}`
    : variant === "constant scaling"
    ? `${onShortcut} and ${onResidual}`
    : "";
  return [...variant.split(" "), setting].filter(Boolean).join("<br>");
}

const BARS = {
  type: "bar",
  textposition: "outside",
  textfont: { size: 12 },
} as const;

function paperBars(x: string[], errors: ShortcutRow["error"][]): BarTrace {
  return {
    ...{ ...BARS, name: "paper, ResNet-110", x },
    y: errors.map((error) => error === "fail" ? R16_FAIL_ABOVE : error),
    text: errors.map((error) =>
      error === "fail" ? `fail:<br>above ${R16_FAIL_ABOVE}` : error.toFixed(2)
    ),
    marker: PAPER_MARKER,
    hovertemplate: "paper: %{text} %<extra>%{x}</extra>",
  };
}

function ourBars(
  x: string[],
  errors: readonly (number | undefined)[],
  seeds: readonly (readonly number[])[],
): BarTrace {
  return {
    ...{ ...BARS, name: "ours", x },
    y: errors.map((error) => error ?? null),
    text: errors.map((error, i) => {
      const spread = seeds[i]?.map((one) => one.toFixed(1)).join(", ");
      if (error === undefined) return "";
      return (seeds[i]?.length ?? 0) > 1
        ? `${error.toFixed(1)}<br>(${spread})`
        : error.toFixed(1);
    }),
    marker: { color: PALETTE[0]! },
    hovertemplate: "ours: %{text} %<extra>%{x}</extra>",
  };
}
