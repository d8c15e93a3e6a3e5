import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { unitPlaces } from "../networks/unit_places.ts";
import type { MeasureOptions } from "./measure_options.ts";
import { measureUnits } from "./unit_outputs.ts";

/** What the two ways of a unit bring to their sum. */
export interface Contribution {
  /** Path of the unit, such as "stage1/unit2". */
  readonly unit: string;
  /** `||h(x)||`, of `x` itself where the shortcut is the identity. */
  readonly shortcut: number;
  /** `||F(x)||`. */
  readonly body: number;
  /** `||F(x)|| / ||h(x)||`. */
  readonly ratio: number;
  /**
   * Cosine of the angle between them, `<F(x), h(x)> / (||F(x)|| ||h(x)||)`; NaN
   * where one of them is 0.
   */
  readonly cosine: number;
}

/**
 * The contributions of shortcut and body to each residual unit's output,
 * `y = h(x) + F(x)` (R16 eq. 1). All norms are Euclidean, over images, pixels
 * and channels, divided by the root of the number of images. R15 section 3.1
 * supposes that `F(x)` is small beside `x`: the ratio says whether it is. Of a
 * gated unit the ways are what the gate leaves of them. The model stays as it
 * is.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 *
 * @example Bodies that end in a scale of 0 bring nothing
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { contributions } from "./contributions.ts";
 *
 * await useBackend({ quiet: true });
 * const model = build(cifarResNet({ depth: 8 }), { seed: 0 });
 * const scale = model.tensor("stage1/unit1/norm2/scale");
 * scale.assign(tf.zerosLike(scale));
 * const images = tf.randomNormal([2, 32, 32, 3]) as tf.Tensor4D;
 * const [first] = await contributions(model, images);
 * assertEquals([first?.body, first?.ratio], [0, 0]);
 * ```
 */
export async function contributions(
  model: Model,
  images: tf.Tensor4D,
  options: MeasureOptions = {},
): Promise<Contribution[]> {
  const units = unitPlaces(model.network);
  const rows = await measureUnits(model, units, images, options, (unit) => {
    const { output, shortcut: x, gate } = unit;
    const shortcut = gate === undefined ? x : tf.mul(tf.sub(1, gate), x);
    const body = gate === undefined ? unit.body : tf.sub(output, shortcut);
    return [[shortcut, shortcut], [body, body], [shortcut, body]].map(
      ([a, b]) => tf.sum(tf.mul(a!, b!)),
    );
  });
  const count = images.shape[0];
  return units.map(({ path }, i) => {
    const [shortcut = NaN, body = NaN, product = NaN] = rows[i] ?? [];
    return {
      unit: path,
      shortcut: Math.sqrt(shortcut / count),
      body: Math.sqrt(body / count),
      ratio: Math.sqrt(body / shortcut),
      cosine: product / Math.sqrt(shortcut * body),
    };
  });
}
