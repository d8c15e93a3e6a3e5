import { createRandom } from "../../lib/data/random.ts";
import {
  batchNorm,
  convolution,
  dense,
  globalAveragePool,
  type Network,
  relu,
} from "../../lib/networks/layer.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import type { TrainResult } from "../../lib/training/train.ts";
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

/** Files of a data set of {@linkcode photographs}, of so many images each. */
export function photographSet(
  { train, test }: { readonly train: number; readonly test: number },
): Record<string, Uint8Array> {
  return {
    ...inFolder("train", photographs(train, 1)),
    ...inFolder("val", photographs(test, 2)),
  };
}

function inFolder(name: string, files: Record<string, Uint8Array>) {
  return Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [`${name}/${path}`, bytes]),
  );
}

/** A run on them, without the data set. */
export const RUN = {
  network: NETWORK,
  recipe: paperRecipe({ steps: 30, batchSize: 16, learningRate: 0.05 }),
  seed: 0,
  pointEvery: 10,
} as const;

/** The values of a trained network, which is freed. */
export async function valuesOf({ model }: TrainResult) {
  const values = await model.values();
  model.dispose();
  return values;
}
