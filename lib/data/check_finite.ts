import { quoted } from "./quoted.ts";

/**
 * Checks that a parameter is a finite number.
 *
 * @param value The parameter.
 * @param name Its name, for the error.
 * @throws {RangeError} If it is none.
 *
 * @example Usage
 * ```ts
 * import { checkFinite } from "./check_finite.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => checkFinite(NaN, "gateBias"),
 *   RangeError,
 *   "Expected gateBias to be a finite number but found NaN",
 * );
 * ```
 */
export function checkFinite(value: number, name: string): void {
  if (!Number.isFinite(value)) {
    throw new RangeError(
      `Expected ${name} to be a finite number but found ${quoted(value)}`,
    );
  }
}
