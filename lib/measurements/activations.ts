import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { networkUntil } from "../networks/network_until.ts";
import { keepValues } from "../networks/keep_values.ts";
import type { MeasureOptions } from "./measure_options.ts";

/**
 * The outputs of layers, by path, from one forward pass. The model stays as it
 * is, in training mode too.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @param paths Of any layers that have a name, such as "stage1",
 * "stage1/unit2" or "stage1/unit2/conv1"; empty for the images.
 * @returns Tensors that the caller disposes of.
 * @throws {Error} If the network has no such layer.
 *
 * @example The output of a residual unit
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { activations } from "./activations.ts";
 *
 * await useBackend({ quiet: true });
 * const model = build(cifarResNet({ depth: 8 }), { seed: 0 });
 * const images = tf.zeros([2, 32, 32, 3]) as tf.Tensor4D;
 * const outputs = activations(model, images, ["stage2/unit1"]);
 * assertEquals(outputs.get("stage2/unit1")?.shape, [2, 16, 16, 32]);
 * ```
 */
export function activations(
  model: Model,
  images: tf.Tensor4D,
  paths: readonly string[],
  options: MeasureOptions = {},
): Map<string, tf.Tensor> {
  const wanted = new Set(paths);
  wanted.forEach((path) => networkUntil(model.network, path));
  const outputs = new Map<string, tf.Tensor>();
  keepValues(model, () => {
    const tap = (path: string, output: tf.Tensor) => {
      if (wanted.has(path)) outputs.set(path, tf.keep(tf.clone(output)));
      return output;
    };
    model.logits(images, { ...options, tap });
    return [];
  });
  return new Map([...wanted].map((path) => [path, outputs.get(path)!]));
}
