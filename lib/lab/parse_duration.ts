const SECONDS = { s: 1, m: 60, h: 3600, d: 86400 };

/**
 * Reads a duration such as "90s", "10m", "1.5h" or "2d".
 *
 * @returns Seconds.
 * @throws {TypeError} If it is none, or not more than 0.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseDuration } from "./parse_duration.ts";
 *
 * assertEquals(parseDuration("10m"), 600);
 * ```
 */
export function parseDuration(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  const seconds = Number(number) * SECONDS[unit as keyof typeof SECONDS];
  if (seconds > 0) return seconds;
  throw new TypeError(
    `Expected a duration such as 90s, 10m, 1.5h or 2d but found "${text}"`,
  );
}
