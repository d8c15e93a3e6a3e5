import * as tf from "@tensorflow/tfjs";
import type { Layer, Network } from "../networks/layer.ts";
import type { Model } from "../networks/model.ts";
import { join, waysOf } from "../networks/walk.ts";
import type { MeasureOptions } from "./measure_options.ts";
import { measureStep } from "./measure_step.ts";

/** What a convolution reads. */
export interface ConvolutionInput {
  /** Path of the convolution, such as "stage1/unit2/conv1". */
  readonly path: string;
  /** Path of the layer whose output it reads; empty for the images. */
  readonly from: string;
  /** Mean over images, pixels and channels. */
  readonly mean: number;
  /** Standard deviation over them. */
  readonly deviation: number;
  /** `sqrt(mean(x^2))`, the size of a typical value. */
  readonly size: number;
}

/**
 * How large the values are that convolutions read. R16 section 4.2 explains the
 * regularisation of pre-activation by them: in original units the sum that the
 * next unit's first convolution reads is not normalised, in pre-activation units
 * all inputs of weight layers are. The model stays as it is.
 *
 * @param images Of shape `[batch, height, width, channels]`.
 * @returns In the order in which data flows; convolutions on shortcuts, and
 * those that read the sum of a unit without a name, are left out.
 *
 * @example Which layers they read
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../backends/use_backend.ts";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { convolutionInputs } from "./convolution_inputs.ts";
 *
 * await useBackend({ quiet: true });
 * const model = build(cifarResNet({ depth: 8 }), { seed: 0 });
 * const images = tf.ones([2, 32, 32, 3]) as tf.Tensor4D;
 * const [first, second, third] = await convolutionInputs(model, images);
 * assertEquals([first?.path, first?.from, first?.size], ["conv", "", 1]);
 * assertEquals(second?.from, "relu");
 * assertEquals(third?.from, "stage1/unit1/relu1");
 * ```
 */
export async function convolutionInputs(
  model: Model,
  images: tf.Tensor4D,
  options: MeasureOptions = {},
): Promise<ConvolutionInput[]> {
  const read = sourcesOf(model.network);
  if (read.length === 0) return [];
  const values = await measureStep(model, images, options, (images, mode) => {
    const wanted = new Set(read.map(({ from }) => from));
    const found = new Map<string, tf.Tensor>();
    const tap = (path: string, output: tf.Tensor) => {
      if (wanted.has(path)) found.set(path, tf.keep(meanAndVariance(output)));
      return output;
    };
    model.logits(images, { ...mode, tap });
    const rows = tf.stack(read.map(({ from }) => found.get(from)!));
    tf.dispose([...found.values()]);
    return rows;
  });
  return read.map((one, i) => {
    const [mean = NaN, variance = NaN] = values.subarray(2 * i, 2 * i + 2);
    const deviation = Math.sqrt(variance);
    return { ...one, mean, deviation, size: Math.hypot(mean, deviation) };
  });
}

type Source = Pick<ConvolutionInput, "path" | "from">;

/** The convolutions that are on no shortcut, and the layers that they read. */
function sourcesOf({ layers }: Network): Source[] {
  const sources: Source[] = [];
  follow(layers, { parent: "", previous: "" }, sources);
  return sources;
}

/** Gives the path of the last layer, if its output has one. */
function follow(
  layers: readonly Layer[],
  { parent, previous }: { parent: string; previous: string | undefined },
  sources: Source[],
): string | undefined {
  return layers.reduce((from, layer) => {
    const path = join(parent, layer.name);
    if (layer.kind === "convolution" && from !== undefined) {
      sources.push({ path, from });
    }
    const ends = waysOf(layer).filter(({ onShortcut }) => !onShortcut)
      .map((way) =>
        follow(way.layers, { parent: path, previous: from }, sources)
      );
    if (layer.name !== "") return path;
    return layer.kind === "sequence" ? ends[0] : undefined;
  }, previous);
}

function meanAndVariance(output: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const { mean, variance } = tf.moments(output);
    return tf.stack([mean, variance]);
  });
}
