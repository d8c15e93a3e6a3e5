import { countMultiplyAdds } from "../networks/count.ts";
import { loneUnit, type LoneUnitOptions } from "../networks/lone_unit.ts";
import type { Figure, ScatterTrace } from "./figure.ts";
import { figure, INK, MUTED, PALETTE, WIDE } from "./house_look.ts";

/** Options of {@linkcode expansionCosts}. */
export interface ExpansionOptions {
  /** Filters of all 3x3 convolutions. Default 64. */
  readonly width?: number;
  /** How far the channels are expanded. Default 1 to 8. */
  readonly expansions?: readonly number[];
}

/**
 * Draws what units cost that read and give `e` times as many channels as a
 * bottleneck's middle has: the bottleneck with an identity shortcut, with a
 * projection, the basic unit on all these channels, and that on as many as the
 * middle has (R15 Fig. 5, left), which stays.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { expansionCosts } from "./expansion.ts";
 *
 * const [bottleneck] = expansionCosts({ expansions: [4] }).data;
 * assertEquals(bottleneck?.y, [17 * 64 ** 2 * 56 ** 2 / 1e6]);
 * ```
 *
 * @throws {RangeError} If a number is not an integer of at least 1.
 */
export function expansionCosts(
  { width = 64, expansions = [1, 2, 3, 4, 5, 6, 7, 8] }: ExpansionOptions = {},
): Figure {
  const line = (
    name: string,
    color: string,
    unit: (expansion: number) => LoneUnitOptions,
    dash: "solid" | "dash" = "solid",
  ): ScatterTrace => ({
    type: "scatter",
    mode: "lines+markers",
    name,
    x: [...expansions],
    y: expansions.map((expansion) =>
      countMultiplyAdds(loneUnit(unit(expansion))) / 1e6
    ),
    line: { color, width: 2.5, dash },
    marker: { color, size: 8 },
    hovertemplate: `${name}<br>e = %{x}: %{y:.0f} million<extra></extra>`,
  });
  return figure([
    line("bottleneck, identity", PALETTE[0]!, (expansion) => ({
      unit: "bottleneck",
      ...{ width, expansion },
    })),
    line("bottleneck, projection", PALETTE[1]!, (expansion) => ({
      unit: "bottleneck",
      shortcut: "C",
      ...{ width, expansion },
    })),
    line(`basic on e x ${width} channels`, INK, (expansion) => ({
      unit: "basic",
      width: expansion * width,
    })),
    line(`basic on ${width} channels`, MUTED, () => ({
      unit: "basic",
      width,
    }), "dash"),
  ], {
    title: { text: `Units around 3x3 convolutions of ${width} filters` },
    xaxis: {
      title: { text: "expansion e: channels outside over channels inside" },
      dtick: 1,
    },
    yaxis: {
      title: { text: "multiply-adds, millions" },
      type: "log",
      exponentformat: "none",
      dtick: 1,
    },
    width: WIDE,
    showlegend: true,
  });
}
