import type { Axis, AxisKey, Figure, Trace } from "./figure.ts";
import { axisKeys } from "./house_look.ts";

/** Part of a range that stays free on either side of the data. */
const ROOM = 0.06;

type Range = readonly [low: number, high: number];

/**
 * A range for each axis on which figures would otherwise have different ones:
 * wide enough for all of them. Ranges that figures ask for count as their data
 * do; axes that match another have one range with it. Axes by names have none.
 *
 * @example Usage
 * ```ts
 * import { commonRanges } from "./common_ranges.ts";
 * import { figure } from "./house_look.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const ranges = commonRanges([1, 2].map((top) =>
 *   figure([{ type: "scatter", x: [0, 1], y: [0, 1] }], {
 *     yaxis: { range: [0, top] },
 *   })
 * ));
 * assertEquals([...ranges], [["yaxis", [0, 2]]]);
 * ```
 *
 * @param figures Figures with the same axes.
 * @returns Ranges by the axes' keys; in powers of ten on a logarithmic axis.
 */
export function commonRanges(
  figures: readonly Figure[],
): Map<AxisKey, Range> {
  const [first] = figures;
  const keys = axisKeys(first?.layout ?? {});
  const groups = Map.groupBy(keys, (key) => {
    const id = idOf(key);
    return first?.layout?.[key]?.matches ?? id;
  });
  const common = new Map<AxisKey, Range>();
  for (const group of groups.values()) {
    const reaches = figures.map((figure) => reachOf(figure, group));
    const told = reaches.filter((reach) => reach !== null);
    if (told.length === 0 || told.every((one) => equal(one, told[0]!))) {
      continue;
    }
    // A range from above down to below stays one.
    const falls = told.every(([low, high]) => high < low);
    const ends = told.flat();
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    for (const key of group) common.set(key, falls ? [high, low] : [low, high]);
  }
  return common;
}

function equal(a: Range, b: Range): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** An axis as traces name it: "y2" for "yaxis2". */
function idOf(key: AxisKey): string {
  return key.replace("axis", "");
}

/** The range that a figure has on axes that match each other. */
function reachOf(
  { data, layout = {} }: Figure,
  keys: readonly AxisKey[],
): Range | null {
  const axes = keys.map((key) => layout[key] ?? {});
  const asked = axes.find(({ range }) => range !== undefined)?.range;
  if (asked) return asked;
  const [axis = {}] = axes;
  if (axis.type === "category") return null;
  const values = keys.flatMap((key) =>
    data.flatMap((trace) => valuesOn(trace, idOf(key)))
  );
  return withRoom(values, axis);
}

/** The values of a trace on an axis. */
function valuesOn(trace: Trace, id: string): number[] {
  const along = id.startsWith("x") ? "x" : "y";
  if ((trace[`${along}axis`] ?? along) !== id) return [];
  const values = (trace[along] ?? []).filter((value) =>
    typeof value === "number"
  );
  // Bars stand on 0.
  return trace.type === "bar" && along === "y" ? [0, ...values] : values;
}

function withRoom(values: readonly number[], axis: Axis): Range | null {
  const log = axis.type === "log";
  const found = values.map((value) => log ? Math.log10(value) : value)
    .filter(Number.isFinite);
  if (found.length === 0) return null;
  const low = Math.min(...found);
  const high = Math.max(...found);
  const room = ROOM * (high - low || 1);
  const fromZero = axis.rangemode === "tozero" && !log && low >= 0;
  return [fromZero ? 0 : low - room, high + room];
}
