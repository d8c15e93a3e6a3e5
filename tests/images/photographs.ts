import { createRandom } from "../../lib/data/random.ts";
import {
  batchNorm,
  convolution,
  dense,
  globalAveragePool,
  type Network,
  relu,
} from "../../lib/networks/layer.ts";
import { encode, pixels } from "./image_files.ts";

/** Height and width of a crop. */
export const SIZE = 28;

/** A network that learns {@linkcode photographs} in some steps. */
export const NETWORK: Network = {
  name: "a small network for photographs",
  input: [SIZE, SIZE, 3],
  layers: [
    convolution("conv1", 8, 7, { stride: 2 }),
    batchNorm("norm1"),
    relu("relu1"),
    convolution("conv2", 16, 3, { stride: 2 }),
    batchNorm("norm2"),
    relu("relu2"),
    globalAveragePool("pool"),
    dense("classifier", 2),
  ],
};

/** JPEGs of waves, either across or down, of any brightness and size. */
export function photographs(
  count: number,
  seed: number,
): Record<string, Uint8Array> {
  const random = createRandom(seed);
  return Object.fromEntries(Array.from({ length: count }, (_, i) => {
    const across = i % 2 === 0;
    const size = [36 + random.integer(20), 36 + random.integer(20)] as const;
    const light = 80 + random.integer(90);
    const phase = random.float() * 7;
    const image = pixels(
      size,
      (row, column) => light + 60 * Math.sin(phase + (across ? column : row)),
    );
    return [`${across ? "across" : "down"}/${i}.jpg`, encode("Jpeg", image)];
  }));
}
