import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { keepValues } from "../networks/keep_values.ts";
import type { MeasureOptions } from "./measure_options.ts";

/**
 * How far the logits of one network are from those of another for the same
 * images: `||a - b|| / ||a||`, over all images and classes. The models stay as
 * they are.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 *
 * @example A gate that starts shut is nearly not there
 * ```ts
 * import { assert } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { build } from "../networks/model.ts";
 * import { residualTower } from "../networks/residual_tower.ts";
 * import { withShortcutOnlyGating } from "../networks/shortcut_variants.ts";
 * import { relativeDifference } from "./relative_difference.ts";
 *
 * await useBackend({ quiet: true });
 * const tower = residualTower({ units: 3, activation: "original" });
 * const gated = withShortcutOnlyGating(tower, { initialBias: -20 });
 * const [a, b] = [tower, gated].map((one) => build(one, { seed: 0 }));
 * const images = tf.randomNormal([2, 32, 32, 3]) as tf.Tensor4D;
 * assert(await relativeDifference(a!, b!, images) < 1e-3);
 * ```
 */
export async function relativeDifference(
  first: Model,
  second: Model,
  images: tf.Tensor4D,
  options: MeasureOptions = {},
): Promise<number> {
  const logitsOf = (model: Model) =>
    keepValues(model, () => [model.logits(images, options)])[0]!;
  const ratio = tf.tidy(() => {
    const [a, b] = [logitsOf(first), logitsOf(second)];
    return tf.div(tf.norm(tf.sub(a, b)), tf.norm(a));
  });
  const [value = NaN] = await ratio.data();
  ratio.dispose();
  return value;
}
