import * as tf from "@tensorflow/tfjs";
import type { UnitOutputs } from "../networks/forward.ts";
import type { Model } from "../networks/model.ts";
import type { UnitPlace } from "../networks/unit_places.ts";
import type { MeasureOptions } from "./measure_options.ts";
import { measureStep } from "./measure_step.ts";

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
