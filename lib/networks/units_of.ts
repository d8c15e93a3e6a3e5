import type { Layer, Network } from "./layer.ts";
import { outputShape, type Shape } from "./shape.ts";
import { join, waysOf } from "./walk.ts";

/** A unit at its place in a network. */
export interface PlacedUnit {
  /** Names from the network down, such as "stage2/unit1". */
  readonly path: string;
  readonly unit: Layer;
  /** The shape of what it reads, without the batch. */
  readonly input: Shape;
  /** The shape of what it gives, without the batch. */
  readonly output: Shape;
}

/**
 * The units that a network is made of, in the order in which data flows: of its
 * layers that have a name and are made of others the innermost. These are the
 * residual units of a ResNet, those of a plain network without their shortcuts,
 * the layers of a highway network, GoogLeNet's Inception modules, and VGG's
 * stages. AlexNet has none.
 *
 * @throws {RangeError} If shapes do not fit.
 *
 * @example A unit's equation, and its drawing
 * ```ts
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 * import { drawUnit } from "../drawing/draw_unit.ts";
 * import { explain } from "../drawing/explain.ts";
 * import { cifarResNet } from "./cifar.ts";
 * import { unitsOf } from "./units_of.ts";
 *
 * const units = unitsOf(cifarResNet({ depth: 20 }));
 * assertEquals(units.length, 9);
 * const { unit, input } = units.find(({ path }) => path === "stage2/unit1")!;
 * assertEquals(input, [32, 32, 16]);
 * assertStringIncludes(explain(unit), String.raw`\mathrm{pad}_{32}`);
 * assertStringIncludes(drawUnit(unit, input), "<svg");
 * ```
 */
export function unitsOf(network: Network): PlacedUnit[] {
  return unitsIn(network.layers, network.input, "");
}

function unitsIn(
  layers: readonly Layer[],
  input: Shape,
  parent: string,
): PlacedUnit[] {
  let shape = input;
  return layers.flatMap((layer) => {
    const before = shape;
    shape = outputShape(layer, before);
    return unitsOfLayer(layer, before, join(parent, layer.name));
  });
}

function unitsOfLayer(unit: Layer, input: Shape, path: string): PlacedUnit[] {
  const ways = waysOf(unit);
  const inside = ways.flatMap(({ layers }) => unitsIn(layers, input, path));
  if (inside.length > 0 || ways.length === 0 || unit.name === "") return inside;
  return [{ path, unit, input, output: outputShape(unit, input) }];
}
