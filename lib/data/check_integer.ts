import { quoted } from "./quoted.ts";

/**
 * Checks that a parameter is an integer that is large enough.
 *
 * @param value The parameter.
 * @param name Its name, for the error.
 * @param least The smallest value allowed.
 * @throws {RangeError} If it is none, or too small.
 *
 * @example Usage
 * ```ts
 * import { checkInteger } from "./check_integer.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => checkInteger(0.5, "size", 1),
 *   RangeError,
 *   "Expected size to be an integer of at least 1 but found 0.5",
 * );
 * ```
 */
export function checkInteger(value: number, name: string, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(
      `Expected ${name} to be an integer of at least ${least} but found ${
        quoted(value)
      }`,
    );
  }
}
