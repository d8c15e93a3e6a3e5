import * as tf from "@tensorflow/tfjs";
import { convolutionInputs } from "../measurements/convolution_inputs.ts";
import { mainPath } from "../measurements/main_path.ts";
import {
  batchNorm,
  convolution,
  type Layer,
  type Network,
  relu,
  residual,
} from "../networks/layer.ts";
import { build } from "../networks/model.ts";
import { mean } from "../records/mean.ts";

/** A layer of a body of 3x3 convolutions. */
export type BodyStep = "conv" | "BN" | "ReLU";

/** What a body leaves on the main path of a network of such units. */
export interface BodyReport {
  /** Share of the values of `F(x)` that are below 0, in all units. */
  readonly belowZero: number;
  /**
   * The size of what the last unit's first convolution reads over that of the
   * first unit's: 1 where it is normalised.
   */
  readonly growth: number;
}

const CHANNELS = 8;
const UNITS = 8;
const SEED = 1;

/**
 * A residual unit of any body, with the identity for its shortcut and nothing
 * after the addition: `x + F(x)`.
 *
 * @example A body of R16 Fig. 4 (e), with its layers' names
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { unitOfSteps } from "./own_placement.ts";
 *
 * const unit = unitOfSteps("unit", ["BN", "ReLU", "conv"]);
 * assertEquals(unit.body.map(({ name }) => name), ["norm1", "relu1", "conv1"]);
 * ```
 */
export function unitOfSteps(
  name: string,
  steps: readonly BodyStep[],
): Layer & { readonly kind: "residual" } {
  const counts = { conv: 0, BN: 0, ReLU: 0 };
  return residual(
    name,
    steps.map((step) => {
      const number = ++counts[step];
      switch (step) {
        case "conv":
          return convolution(`conv${number}`, CHANNELS, 3);
        case "BN":
          return batchNorm(`norm${number}`);
        case "ReLU":
          return relu(`relu${number}`);
      }
    }),
  );
}

/**
 * Measures a body at its start: in a network of 8 such units, on noise, in
 * training mode.
 *
 * @param steps With one convolution or more.
 */
export async function measureBody(
  steps: readonly BodyStep[],
): Promise<BodyReport> {
  const network: Network = {
    name: steps.join(", "),
    input: [8, 8, CHANNELS],
    layers: Array.from(
      { length: UNITS },
      (_, i) => unitOfSteps(`unit${i + 1}`, steps),
    ),
  };
  const model = build(network, { seed: 0 });
  const images = tf.randomNormal<tf.Rank.R4>(
    [16, 8, 8, CHANNELS],
    0,
    1,
    "float32",
    SEED,
  );
  try {
    const points = await mainPath(model, images, { training: true });
    const inputs = await convolutionInputs(model, images, { training: true });
    const first = inputs.filter(({ path }) => path.endsWith("/conv1"));
    const shares = points.map(({ bodyBelowZero }) => bodyBelowZero);
    return {
      belowZero: mean(shares),
      growth: (first.at(-1)?.size ?? NaN) / (first[0]?.size ?? NaN),
    };
  } finally {
    images.dispose();
    model.dispose();
  }
}
