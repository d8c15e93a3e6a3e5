import { join } from "@std/path";
import { createRandom } from "../../lib/data/random.ts";
import {
  type ImageNetDepth,
  imageNetResNet,
} from "../../lib/networks/imagenet.ts";
import { initialise } from "../../lib/networks/initialise.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { tensorSpecs } from "../../lib/networks/parameters.ts";
import { batchTensors, networkTensors, writeTensors } from "./exchange.ts";

/** What a forward pass is measured on. */
export interface ForwardSetting {
  readonly depth: ImageNetDepth;
  readonly batchSize: number;
}

/**
 * Writes an ImageNet ResNet's values and images of noise for others to read.
 *
 * @param folder Where to write: the files of ResNet-152 take 250 MB.
 * @returns Path of the index.
 */
export async function writeForwardExchange(
  folder: string,
  { depth, batchSize }: ForwardSetting,
): Promise<string> {
  const network = imageNetResNet({ depth });
  const random = createRandom(1);
  const [height, width, channels] = network.input;
  const images = new Float32Array(batchSize * height * width * channels)
    .map(() => random.normal());
  const labels = new Float32Array(batchSize).map(() => random.integer(1000));
  return await writeTensors(
    join(folder, `resnet-${depth}`),
    { depth, batchSize, images: "noise" },
    [
      ...networkTensors(network, trainedValues(network)),
      ...batchTensors(images, labels, network.input),
    ],
  );
}

/**
 * Values as different from each other as training makes them: with the ones
 * and zeros that a network starts from, nobody would see a normalisation that
 * is wrong. The last scales of units are small, so that the sum over all units
 * stays small.
 */
function trainedValues(network: Network): Map<string, Float32Array> {
  const random = createRandom(2);
  const values = initialise(network, { seed: 0 });
  const between = (least: number, most: number) =>
    least + (most - least) * random.float();
  for (const { name, role } of tensorSpecs(network)) {
    const tensor = values.get(name);
    if (tensor === undefined || role === "kernel") continue;
    const isPositive = role === "scale" || role === "runningVariance";
    const factor = name.endsWith("norm3/scale") ? 0.2 : 1;
    for (const i of tensor.keys()) {
      tensor[i] = isPositive ? factor * between(0.5, 1.5) : between(-0.1, 0.1);
    }
  }
  return values;
}
