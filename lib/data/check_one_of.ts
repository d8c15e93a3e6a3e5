import { quoted } from "./quoted.ts";

/**
 * Checks that a parameter is one of the words that there are: what is misspelt
 * would be taken for something else. A notebook's cells run without a check of
 * types.
 *
 * @param value The parameter.
 * @param choices What there is.
 * @param name Its name, for the error.
 * @throws {RangeError} If it is none of them.
 *
 * @example Usage
 * ```ts
 * import { checkOneOf } from "./check_one_of.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => checkOneOf<string>("Z", ["A", "B", "C"], "shortcut"),
 *   RangeError,
 *   'Expected shortcut to be one of "A", "B", "C" but found "Z"',
 * );
 * ```
 */
export function checkOneOf<T extends string>(
  value: T,
  choices: readonly T[],
  name: string,
): void {
  if (choices.includes(value)) return;
  throw new RangeError(
    `Expected ${name} to be one of ${
      choices.map(quoted).join(", ")
    } but found ${quoted(value)}`,
  );
}
