import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { unitPlaces } from "../networks/unit_places.ts";
import { activations } from "./activations.ts";
import { gradientsOf } from "./gradients_of.ts";
import type { MeasureOptions } from "./measure_options.ts";

/** The signal, and the gradient, at the output of a residual unit. */
export interface UnitSignal {
  /** Path of the unit: its output is `x_{l+1}`. */
  readonly unit: string;
  /** Root mean square of `x_{l+1}` over images, pixels and channels. */
  readonly signal: number;
  /** Norm of `dE/dx_{l+1}`, the loss being the mean cross entropy. */
  readonly gradient: number;
}

/**
 * How large the features are after each residual unit, and the gradients that
 * reach them: whether the one grows, and the other vanishes or explodes, with
 * depth. The model stays as it is.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @param labels Classes of shape `[batch]`, int32.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { signalsOf } from "./signals_of.ts";
 *
 * await useBackend({ quiet: true });
 * const model = build(cifarResNet({ depth: 8 }), { seed: 0 });
 * const images = tf.ones([2, 32, 32, 3]) as tf.Tensor4D;
 * const labels = tf.tensor1d([3, 5], "int32");
 * const signals = await signalsOf(model, images, labels);
 * assertEquals(signals.map(({ unit }) => unit), [1, 2, 3].map((i) => `stage${i}/unit1`));
 * ```
 */
export async function signalsOf(
  model: Model,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  options: MeasureOptions = {},
): Promise<UnitSignal[]> {
  const paths = unitPlaces(model.network).map(({ path }) => path);
  if (paths.length === 0) return [];
  const outputs = activations(model, images, paths, options);
  const gradients = gradientsOf(model, images, labels, paths, options);
  const measured = tf.tidy(() =>
    tf.stack(paths.map((path) =>
      tf.stack([
        tf.sqrt(tf.mean(tf.square(outputs.get(path)!))),
        tf.norm(gradients.get(path)!),
      ])
    )) as tf.Tensor2D
  );
  tf.dispose([...outputs.values(), ...gradients.values()]);
  const rows = await measured.array();
  measured.dispose();
  return paths.map((unit, i) => {
    const [signal = NaN, gradient = NaN] = rows[i] ?? [];
    return { unit, signal, gradient };
  });
}
