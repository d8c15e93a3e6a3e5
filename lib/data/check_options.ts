import { quoted } from "./quoted.ts";

/** Every option that there is, by name: no more and no fewer, by its type. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * Checks that options are an object, and have only the names that there are: a
 * misspelt one would be as if it had been left out. A notebook's cells run
 * without a check of types.
 *
 * Where networks are built and drawn, steps traced, and networks trained and
 * judged, options are checked so.
 *
 * @param options What was given.
 * @param known What there is.
 * @param name What it is called, for the error.
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
 *   'Expected options to be among depth, shortcut but found "shortcutt"',
 * );
 * ```
 */
export function checkOptions(
  options: unknown,
  known: Readonly<Record<string, true>>,
  name = "options",
): void {
  const names = Object.keys(known);
  if (
    typeof options !== "object" || options === null || Array.isArray(options)
  ) {
    throw new TypeError(
      `Expected ${name} to be an object with some of ${
        names.join(", ")
      } but found ${Array.isArray(options) ? "a list" : quoted(options)}`,
    );
  }
  const foreign = Object.keys(options).find((name) =>
    !Object.hasOwn(known, name)
  );
  if (foreign === undefined) return;
  throw new TypeError(
    `Expected ${name} to be among ${names.join(", ")} but found ${
      quoted(foreign)
    }`,
  );
}
