import { Output } from "./bundle.ts";

/**
 * An output of an equation, set by the front end.
 *
 * @example Usage
 * ```ts
 * import { equation } from "./equation.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(equation("y = x").bundle["text/latex"], "$$y = x$$");
 * ```
 *
 * @param tex The equation in TeX, without dollar signs.
 * @returns The output.
 */
export function equation(tex: string): Output {
  return new Output({ "text/latex": `$$${tex}$$`, "text/plain": tex });
}
