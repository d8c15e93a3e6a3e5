import * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { networkUntil } from "../networks/network_until.ts";
import type { MeasureOptions } from "./measure_options.ts";
import { measureStep } from "./measure_step.ts";
import { responsePaths } from "./response_paths.ts";

/** How much a layer's outputs vary. */
export interface LayerResponse {
  /** Place among the measured layers, from 1 at the image. */
  readonly layer: number;
  /** Path of the layer whose outputs they are, such as "stage1/unit1/norm1". */
  readonly path: string;
  /** Standard deviation over all images, pixels and channels. */
  readonly deviation: number;
}

/** A network and how much its layers' outputs vary. */
export interface NetworkResponses {
  /** The network's name, such as "ResNet-56". */
  readonly name: string;
  readonly responses: readonly LayerResponse[];
}

/** Options of {@linkcode layerResponses}. */
export interface LayerResponsesOptions extends MeasureOptions {
  /** Layers to measure. Default those of {@linkcode responsePaths}. */
  readonly paths?: readonly string[];
}

/**
 * The standard deviations of layer responses (R15 section 4.2, "Analysis of
 * layer responses", and Fig. 7): of the outputs of each 3x3 layer after batch
 * normalisation, before ReLU and addition,
 *
 *     sqrt(mean(y^2) - mean(y)^2)
 *
 * over all images, pixels and channels. In a residual network they say how far
 * a layer changes what passes; R15 finds them smaller than in plain networks,
 * and smaller with depth. The model stays as it is.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @returns In the order in which data flows; {@linkcode byMagnitude} sorts them
 * as Fig. 7 (bottom) does.
 * @throws {Error} If the network has no such layer.
 *
 * @example Responses of a network that has learned nothing
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { cifarPlain } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { layerResponses } from "./layer_responses.ts";
 *
 * await useBackend({ quiet: true });
 * const model = build(cifarPlain({ depth: 8 }), { seed: 0 });
 * const images = tf.randomNormal([4, 32, 32, 3]) as tf.Tensor4D;
 * const responses = await layerResponses(model, images, { training: true });
 * // The mini-batch's own statistics make them 1.
 * assertEquals(responses.map((r) => r.deviation.toFixed(2)), Array(7).fill("1.00"));
 * ```
 */
export async function layerResponses(
  model: Model,
  images: tf.Tensor4D,
  options: LayerResponsesOptions = {},
): Promise<LayerResponse[]> {
  const { paths = responsePaths(model.network), ...measure } = options;
  paths.forEach((path) => networkUntil(model.network, path));
  if (paths.length === 0) return [];
  const values = await measureStep(model, images, measure, (images, mode) => {
    const found = new Map<string, tf.Tensor>();
    const wanted = new Set(paths);
    const tap = (path: string, output: tf.Tensor) => {
      if (wanted.has(path)) found.set(path, tf.keep(deviationOf(output)));
      return output;
    };
    model.logits(images, { ...mode, tap });
    const deviations = tf.stack(paths.map((path) => found.get(path)!));
    tf.dispose([...found.values()]);
    return deviations;
  });
  return paths.map((path, i) => ({
    layer: i + 1,
    path,
    deviation: values[i] ?? NaN,
  }));
}

/** Responses from the largest to the smallest (R15 Fig. 7, bottom). */
export function byMagnitude(
  responses: readonly LayerResponse[],
): LayerResponse[] {
  return responses.toSorted((a, b) => b.deviation - a.deviation);
}

function deviationOf(output: tf.Tensor): tf.Scalar {
  return tf.sqrt(tf.moments(output).variance) as tf.Scalar;
}
