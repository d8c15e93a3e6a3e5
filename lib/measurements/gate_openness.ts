import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { unitPlaces } from "../networks/unit_places.ts";
import type { MeasureOptions } from "./measure_options.ts";
import { measureUnits } from "./unit_outputs.ts";

/** How far a unit's gate is open. */
export interface GateOpenness {
  /** Path of the unit, such as "stage1/unit2". */
  readonly unit: string;
  /** Mean of `g(x)`: 0 where the unit carries `x`, 1 where it transforms it. */
  readonly mean: number;
  /** Standard deviation of `g(x)` over images, pixels and channels. */
  readonly deviation: number;
  /** Share of gate values below 0.1, nearly closed. */
  readonly closed: number;
  /** Share of gate values above 0.9, nearly open. */
  readonly open: number;
}

/** Gate values below this count as closed, above 1 less this as open. */
const MARGIN = 0.1;

/**
 * How far the gates of a network are open: the transform gate `T(x)` of highway
 * layers (Srivastava et al. 2015, Fig. 2), `g(x)` of R16's exclusive and
 * shortcut-only gating (section 3.1). R16 argues that where `1 - g(x)` is not
 * near 1 the shortcut is impeded; R15 section 2 that a closed gate, `1 - g(x)`
 * near 0, makes a layer a non-residual one. The model stays as it is.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @returns A row for each gated unit, in the order in which data flows.
 *
 * @example Gates start where their biases put them
 * ```ts
 * import { assert } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { highway } from "../networks/highway.ts";
 * import { build } from "../networks/model.ts";
 * import { gateOpenness } from "./gate_openness.ts";
 *
 * await useBackend({ quiet: true });
 * const model = build(highway({ hiddenLayers: 3, gateBias: -4 }), { seed: 0 });
 * const gates = await gateOpenness(model, tf.zeros([1, 32, 32, 3]));
 * assert(gates.every(({ mean }) => Math.abs(mean - 1 / (1 + Math.exp(4))) < 1e-6));
 * ```
 */
export async function gateOpenness(
  model: Model,
  images: tf.Tensor4D,
  options: MeasureOptions = {},
): Promise<GateOpenness[]> {
  const units = unitPlaces(model.network).filter(({ kind }) =>
    kind === "gated"
  );
  const rows = await measureUnits(model, units, images, options, ({ gate }) => {
    if (gate === undefined) throw new Error("Expected a gated unit");
    const { mean, variance } = tf.moments(gate);
    const share = (values: tf.Tensor) => tf.mean(tf.cast(values, "float32"));
    return [
      mean,
      tf.sqrt(variance),
      share(tf.less(gate, MARGIN)),
      share(tf.greater(gate, 1 - MARGIN)),
    ];
  });
  return units.map(({ path }, i) => {
    const [mean = NaN, deviation = NaN, closed = NaN, open = NaN] = rows[i] ??
      [];
    return { unit: path, mean, deviation, closed, open };
  });
}
