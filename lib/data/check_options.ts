import { quoted } from "./quoted.ts";

/** Every option that there is, by name: no more and no fewer, by its type. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * Checks that options are an object, and have only the names that there are: a
 * misspelt one would be as if it had been left out. A notebook's cells run
 * without a check of types.
 *
 * @param options What was given.
 * @param known What there is.
 * @throws {TypeError} If it is no object, or has another name.
 *
 * @example Usage
 * ```ts
 * import { checkOptions } from "./check_options.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => checkOptions({ shortcutt: "B" }, { depth: true, shortcut: true }),
 *   TypeError,
 *   'Expected options among depth, shortcut but found "shortcutt"',
 * );
 * ```
 */
export function checkOptions(
  options: unknown,
  known: Readonly<Record<string, true>>,
): void {
  const names = Object.keys(known);
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `Expected an object with options among ${names.join(", ")} but found ${
        quoted(options)
      }`,
    );
  }
  const foreign = Object.keys(options).find((name) =>
    !Object.hasOwn(known, name)
  );
  if (foreign === undefined) return;
  throw new TypeError(
    `Expected options among ${names.join(", ")} but found ${quoted(foreign)}`,
  );
}
