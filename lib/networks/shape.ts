import type { Layer } from "./layer.ts";
import type { Shape } from "./operation_shape.ts";
import { walk } from "./walk.ts";

export type { Shape } from "./operation_shape.ts";

/**
 * The shape of a layer's output, without the batch.
 *
 * @throws {RangeError} If the layer cannot take such an input, or the ways of a
 * layer that is made of others give shapes that do not fit.
 */
export function outputShape(layer: Layer, input: Shape): Shape {
  return outputShapeOfAll([layer], input);
}

/** The shape of the output of layers that follow each other. */
export function outputShapeOfAll(
  layers: readonly Layer[],
  input: Shape,
): Shape {
  return walk(layers, input, () => {});
}
