/**
 * Round values for the ticks of an axis: multiples of 1, 2 or 5 times a power
 * of ten.
 *
 * @example Usage
 * ```ts
 * import { linearTicks } from "./ticks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(linearTicks(0, 92, 5), [0, 20, 40, 60, 80]);
 * ```
 *
 * @param low The axis's first value.
 * @param high The axis's last value, above the first.
 * @param count About how many ticks there are.
 * @returns The values from `low` to `high`.
 */
export function linearTicks(
  low: number,
  high: number,
  count: number,
): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power *
    ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, index) => Number(((first + index) * step).toPrecision(12)),
  );
}

/**
 * The powers of ten between two values.
 *
 * @example Usage
 * ```ts
 * import { logTicks } from "./ticks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(logTicks(0.05, 20), [0.1, 1, 10]);
 * ```
 *
 * @param low The axis's first value, above 0.
 * @param high The axis's last value.
 * @returns The powers from `low` to `high`.
 */
export function logTicks(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, index) => Number(`1e${first + index}`),
  );
}
