import { Output } from "./bundle.ts";

/**
 * An output of a formula, set by the front end.
 *
 * @example Usage
 * ```ts
 * import { formula } from "./formula.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formula("y = x").bundle["text/latex"], "$$y = x$$");
 * ```
 *
 * @param tex TeX without dollar signs, such as `explain` gives.
 * @returns The output; in plain text it is the TeX.
 */
export function formula(tex: string): Output {
  return new Output({ "text/latex": `$$${tex}$$`, "text/plain": tex });
}
