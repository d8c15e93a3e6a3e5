import type { Axis } from "./figure.ts";
import { linearTicks, logTicks } from "./ticks.ts";

/** How an axis's values become pixels. */
export interface Scale {
  /** The pixel of a value. */
  toPixel(value: number): number;
  /** Values at which the axis has ticks. */
  readonly ticks: readonly number[];
}

/**
 * Finds the range of an axis as plotly does (its own, or that of the values
 * with some room) and maps it to pixels.
 *
 * @example Usage
 * ```ts
 * import { scaleOf } from "./scale.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const scale = scaleOf({ range: [0, 10] }, [], [100, 200]);
 * assertEquals(scale.toPixel(5), 150);
 * ```
 *
 * @param axis The axis.
 * @param values All that is drawn on it.
 * @param pixels The pixels of its first and of its last value.
 * @returns The scale.
 */
export function scaleOf(
  axis: Axis,
  values: readonly number[],
  pixels: readonly [number, number],
): Scale {
  const log = axis.type === "log";
  const fit = (value: number) => log ? Math.log10(value) : value;
  const [low, high] = axis.range ??
    found(
      values.map(fit).filter((value) => Number.isFinite(value)),
      axis.rangemode === "tozero" && !log,
    );
  const [start, end] = pixels;
  const ticks = log ? logTicks(10 ** low, 10 ** high) : linearTicks(
    low,
    high,
    Math.max(2, Math.round(Math.abs(end - start) / (start > end ? 45 : 70))),
  );
  return {
    toPixel: (value) =>
      start + (end - start) * (fit(value) - low) / (high - low),
    ticks,
  };
}

/** The range of values, which is never empty. */
function found(values: readonly number[], toZero: boolean): [number, number] {
  let low = toZero ? 0 : Infinity;
  let high = toZero ? 0 : -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [0, 1];
  if (low === high) return toZero ? [0, 1] : [low - 0.5, high + 0.5];
  const room = (high - low) * 0.05;
  return [toZero && low === 0 ? 0 : low - room, high + room];
}
