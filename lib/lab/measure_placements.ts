import type * as tf from "@tensorflow/tfjs";
import {
  type ConvolutionInput,
  convolutionInputs,
} from "../measurements/convolution_inputs.ts";
import { mainPath, type MainPathPoint } from "../measurements/main_path.ts";
import { residualSums } from "../measurements/residual_sums.ts";
import { signalsOf, type UnitSignal } from "../measurements/signals_of.ts";
import { build } from "../networks/model.ts";
import { placementNetworks, PLACEMENTS } from "./placements.ts";

/** What a placement leaves on the main path, before anything is learnt. */
export interface PlacementMeasures {
  /** Letter and name in R16, such as "(e) full pre-activation". */
  readonly placement: string;
  /**
   * The largest difference of a unit's output from the sum of all bodies' before
   * it (R16 eq. 4), as a part of its largest value.
   */
  readonly off: number;
  /** The main path, unit by unit. */
  readonly points: readonly MainPathPoint[];
  /** What convolutions read. */
  readonly inputs: readonly ConvolutionInput[];
}

/** Where networks start from. */
export interface StartOptions {
  /** Default 0. */
  readonly seed?: number;
}

/**
 * Measures the networks of the five placements at their start, in training mode
 * (R16 section 4).
 *
 * @param depth Weighted layers, `6n + 2`.
 * @param images Of shape `[batch, height, width, channels]`.
 * @throws {RangeError} If no `n` gives the depth.
 */
export async function measurePlacements(
  depth: number,
  images: tf.Tensor4D,
  { seed = 0 }: StartOptions = {},
): Promise<PlacementMeasures[]> {
  const found: PlacementMeasures[] = [];
  const networks = placementNetworks(depth, images.shape[3]);
  const training = { training: true };
  for (const [i, network] of networks.entries()) {
    const model = build(network, { seed });
    const sums = await residualSums(model, images, training);
    found.push({
      placement: PLACEMENTS[i]!.name,
      off: Math.max(...sums.map((sum) => sum.difference / sum.largest)),
      points: await mainPath(model, images, training),
      inputs: await convolutionInputs(model, images, training),
    });
    model.dispose();
  }
  return found;
}

/** Signal and gradient of a placement at a depth. */
export interface DepthSignals {
  readonly depth: number;
  /** Letter and name in R16, such as "(e) full pre-activation". */
  readonly placement: string;
  readonly units: readonly UnitSignal[];
  /** Norm of the gradient at the first unit over that at the last. */
  readonly ratio: number;
}

/**
 * The size of features and gradients by unit at growing depths, at the start, in
 * training mode.
 *
 * @param letters Which placements, such as "ae".
 * @param images Of shape `[batch, height, width, channels]`.
 * @param labels Classes of shape `[batch]`, int32.
 * @throws {RangeError} If no `n` gives one of the depths.
 */
export async function signalsByDepth(
  depths: readonly number[],
  letters: string,
  { images, labels }: {
    readonly images: tf.Tensor4D;
    readonly labels: tf.Tensor1D;
  },
  { seed = 0 }: StartOptions = {},
): Promise<DepthSignals[]> {
  const found: DepthSignals[] = [];
  for (const depth of depths) {
    const networks = placementNetworks(depth, images.shape[3]);
    for (const [i, network] of networks.entries()) {
      const { name, paper } = PLACEMENTS[i]!;
      if (!letters.includes(paper.figure4)) continue;
      const model = build(network, { seed });
      const training = { training: true };
      const units = await signalsOf(model, images, labels, training);
      model.dispose();
      const ratio = units[0]!.gradient / units.at(-1)!.gradient;
      found.push({ depth, placement: name, units, ratio });
    }
  }
  return found;
}
