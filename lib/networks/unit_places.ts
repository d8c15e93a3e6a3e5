import type { Layer, Network } from "./layer.ts";
import { join, waysOf } from "./walk.ts";

/** A unit whose ways meet: in a sum, or mixed by a gate. */
export interface UnitPlace {
  /** Path of the unit, such as "stage1/unit2". */
  readonly path: string;
  readonly kind: "residual" | "gated";
}

/**
 * A network's residual and gated units, in the order in which data flows; those
 * inside others first.
 *
 * @example The 9 units of ResNet-20
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "./cifar.ts";
 * import { unitPlaces } from "./unit_places.ts";
 *
 * const units = unitPlaces(cifarResNet({ depth: 20 }));
 * assertEquals(units.length, 9);
 * assertEquals(units[0], { path: "stage1/unit1", kind: "residual" });
 * ```
 */
export function unitPlaces(network: Network): UnitPlace[] {
  return unitsIn(network.layers, "");
}

function unitsIn(layers: readonly Layer[], parent: string): UnitPlace[] {
  return layers.flatMap((layer) => {
    const path = join(parent, layer.name);
    const inside = waysOf(layer).flatMap((way) => unitsIn(way.layers, path));
    return layer.kind === "residual" || layer.kind === "gated"
      ? [...inside, { path, kind: layer.kind }]
      : inside;
  });
}
