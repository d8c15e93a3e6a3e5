import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { unitPlaces } from "../networks/unit_places.ts";
import type { MeasureOptions } from "./measure_options.ts";
import { measureStep } from "./measure_step.ts";

/** How much of what comes in the shortcuts still carry behind a unit. */
export interface CarriedShare {
  /** Path of the unit, such as "hidden7". */
  readonly unit: string;
  /** Mean of the product of `1 - g(x)` over all gates up to this unit's. */
  readonly share: number;
}

/**
 * What gated shortcuts leave of a signal that takes no other way: at the gated
 * unit `l` the mean over images and values of
 *
 *     prod_{i<=l} (1 - g_i(x_i))
 *
 * With gates on the shortcuts that is the factor before `x_1` in `x_l`, and the
 * direct part of the gradient that comes back to `x_1` (R16 section 3, eqs. 6 to
 * 8, with `lambda_i = 1 - g_i`). Identity shortcuts have 1 at any depth. Where
 * the number of values changes, as from stage to stage, the product begins anew.
 * The model stays as it is.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @returns A row for each gated unit, in the order in which data flows; none of
 * a network without gates.
 *
 * @example Gates that are half open leave half of it, unit by unit
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { highway } from "../networks/highway.ts";
 * import { build } from "../networks/model.ts";
 * import { carriedShares } from "./carried_shares.ts";
 *
 * await useBackend({ quiet: true });
 * const model = build(highway({ hiddenLayers: 4, gateBias: 0 }), { seed: 0 });
 * const rows = await carriedShares(model, tf.zeros([1, 32, 32, 3]));
 * assertAlmostEquals(rows.at(-1)!.share, 0.5 ** 3, 1e-6);
 * ```
 */
export async function carriedShares(
  model: Model,
  images: tf.Tensor4D,
  options: MeasureOptions = {},
): Promise<CarriedShare[]> {
  const units = unitPlaces(model.network).filter(({ kind }) =>
    kind === "gated"
  );
  if (units.length === 0) return [];
  const shares = await measureStep(model, images, options, (images, mode) => {
    const kept: tf.Tensor[] = [];
    const means = new Map<string, tf.Tensor>();
    let product: tf.Tensor | undefined;
    model.logits(images, {
      ...mode,
      tapUnit(path, { gate, output }) {
        if (gate === undefined) return output;
        const open = tf.sub(1, gate);
        const goesOn = product !== undefined &&
          product.shape.join() === open.shape.join();
        product = tf.keep(goesOn ? tf.mul(product!, open) : tf.clone(open));
        const mean = tf.keep(tf.mean(product));
        kept.push(product, mean);
        means.set(path, mean);
        return output;
      },
    });
    const rows = tf.stack(units.map(({ path }) => means.get(path)!));
    tf.dispose(kept);
    return rows;
  });
  return units.map(({ path }, i) => ({ unit: path, share: shares[i] ?? NaN }));
}
