import { quoted } from "./quoted.ts";

/**
 * Checks that a parameter is a rate of dropout, from 0 to below 1.
 *
 * @param value The parameter.
 * @param name Its name, for the error.
 * @throws {RangeError} If it is none.
 *
 * @example Usage
 * ```ts
 * import { checkRate } from "./check_rate.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => checkRate(2, "rate"),
 *   RangeError,
 *   "Expected rate to be from 0 to below 1 but found 2",
 * );
 * ```
 */
export function checkRate(value: number, name: string): void {
  if (!(Number.isFinite(value) && value >= 0 && value < 1)) {
    throw new RangeError(
      `Expected ${name} to be from 0 to below 1 but found ${quoted(value)}`,
    );
  }
}
