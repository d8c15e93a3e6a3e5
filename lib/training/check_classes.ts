import type { Network } from "../networks/layer.ts";
import { outputShapeOfAll } from "../networks/shape.ts";

/**
 * Checks that a network has an output for each class: a label beyond its outputs
 * would count as no class at all.
 *
 * @param data What the classes are of, with its name for the error.
 * @returns The number of outputs.
 * @throws {RangeError} If there are more classes.
 */
export function checkClasses(
  { name, layers, input }: Network,
  data: { readonly name: string; readonly classes: readonly string[] },
): number {
  const outputs = outputShapeOfAll(layers, input).at(-1) ?? 0;
  if (outputs >= data.classes.length) return outputs;
  throw new RangeError(
    `Expected ${name} to have an output for each of the ${data.classes.length} classes of ${data.name} but found ${outputs}`,
  );
}
