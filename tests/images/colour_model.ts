import {
  convolution,
  dense,
  globalAveragePool,
  type Network,
} from "../../lib/networks/layer.ts";
import { Model } from "../../lib/networks/model.ts";

/** Of 4x4 pixels; its features are the image's colours. */
const SMALL: Network = {
  name: "colours",
  input: [4, 4, 3],
  layers: [
    convolution("conv", 3, 1),
    globalAveragePool("pool"),
    dense("classifier", 3),
  ],
};

/** Logits are the means of the input's channels. */
export function colourModel(): Model {
  const identity = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  return new Model(
    SMALL,
    new Map([
      ["conv/kernel", identity],
      ["classifier/kernel", identity],
      ["classifier/bias", new Float32Array(3)],
    ]),
  );
}

export const RAW = { mean: [0, 0, 0], deviation: [255, 255, 255] } as const;

export function softmax(logits: readonly number[]): number[] {
  const powers = logits.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}
