import { isStreamed, type TrainingData } from "../data/training_data.ts";
import type { Network } from "../networks/layer.ts";

/**
 * Checks that a network reads images of a data set's size. Those that are read
 * from files are cropped to the network's: a square of three colours.
 *
 * @throws {Error} If it reads others.
 */
export function checkImageSize(
  { name, input }: Network,
  dataset: TrainingData,
): void {
  const { name: data, channels } = dataset;
  const found = isStreamed(dataset)
    ? [input[0], input[0], channels]
    : [dataset.height, dataset.width, channels];
  if (input.join() === found.join()) return;
  throw new Error(
    `Expected images of ${input.join("x")} for ${name} but found ${
      found.join("x")
    } in ${data}`,
  );
}
