import * as tf from "@tensorflow/tfjs";
import type { UnitOutputs } from "../networks/forward.ts";
import type { Layer, Network } from "../networks/layer.ts";
import type { Model } from "../networks/model.ts";
import { join, waysOf } from "../networks/walk.ts";
import type { MeasureOptions } from "./keep_values.ts";
import { measureStep } from "./measure_step.ts";

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
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { unitPlaces } from "./unit_outputs.ts";
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

/**
 * Measures the units of a model in one forward pass. The model stays as it is.
 *
 * @param units Units to measure.
 * @param images Of shape `[batch, height, width, channels]`.
 * @param measure Gives a list of numbers of a unit, as many of each.
 * @returns A row for each unit.
 */
export async function measureUnits(
  model: Model,
  units: readonly UnitPlace[],
  images: tf.Tensor4D,
  options: MeasureOptions,
  measure: (unit: UnitOutputs) => tf.Tensor[],
): Promise<number[][]> {
  if (units.length === 0) return [];
  const wanted = new Set(units.map(({ path }) => path));
  const values = await measureStep(model, images, options, (images, mode) => {
    const found = new Map<string, tf.Tensor>();
    const tapUnit = (path: string, unit: UnitOutputs) => {
      if (wanted.has(path)) {
        found.set(path, tf.tidy(() => tf.keep(tf.stack(measure(unit)))));
      }
      return unit.output;
    };
    model.logits(images, { ...mode, tapUnit });
    const rows = tf.stack(units.map(({ path }) => found.get(path)!));
    tf.dispose([...found.values()]);
    return rows;
  });
  const width = values.length / units.length;
  return units.map((_, i) => [...values.subarray(i * width, (i + 1) * width)]);
}
