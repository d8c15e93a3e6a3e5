import { Output } from "./bundle.ts";

/**
 * An output of a formula, set as the text's formulas are.
 *
 * @example Usage
 * ```ts
 * import { equation } from "./equation.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { bundle } = equation("y = \\mathcal{F}(x) + x");
 * assertEquals(bundle["text/latex"], "$$y = \\mathcal{F}(x) + x$$");
 * ```
 *
 * @param tex TeX without dollar signs, such as `explain` gives of a unit.
 * @returns The output.
 */
export function equation(tex: string): Output {
  return new Output({ "text/latex": `$$${tex}$$`, "text/plain": tex });
}
