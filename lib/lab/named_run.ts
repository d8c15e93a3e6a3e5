import { isStreamed, type TrainingData } from "../data/training_data.ts";
import type { DatasetName } from "../data/load_dataset.ts";
import type { Network } from "../networks/layer.ts";
import {
  canonicalNetworkName,
  networkByName,
} from "../networks/network_by_name.ts";
import type { RecipeChanges, RunSpec } from "../records/run_spec.ts";
import { checkImageSize } from "../training/check_image_size.ts";
import type { Recipe } from "../training/recipe.ts";

/** Names of data sets by what records call them. */
const NAMES: Readonly<Record<string, DatasetName>> = {
  "CIFAR-10": "cifar10",
  "CIFAR-100": "cifar100",
  "Fashion-MNIST": "fashionMnist",
  "synthetic": "synthetic",
};

/** Height and width of a crop of a photograph, if the network has no own. */
const CROP = { height: 224, width: 224 };

/**
 * The name that `loadDataset` knows a data set by, if it can be told by what the
 * data set calls itself.
 */
export function dataName(
  { name }: Pick<TrainingData, "name">,
): DatasetName | undefined {
  return Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
}

/**
 * The network of a name, or the one given, that reads a data set's images.
 *
 * @throws {Error} If it reads images of another size, or is for photographs but
 * short for a CIFAR network.
 */
export function networkFor(
  network: Network | string,
  dataset: TrainingData,
): Network {
  if (typeof network === "string" && isStreamed(dataset)) {
    checkNotShort(network, dataset);
  }
  const { channels, classes } = dataset;
  // Images that are read from files are cropped to what the network reads.
  const { height, width } = isStreamed(dataset) ? CROP : dataset;
  const found = typeof network === "string"
    ? networkByName(network, {
      ...{ height, width, channels },
      classes: classes.length,
    })
    : network;
  checkImageSize(found, dataset);
  return found;
}

/**
 * Who reads "resnet-50" beside photographs thinks of ImageNet's; elsewhere it is
 * short for a CIFAR network.
 */
function checkNotShort(network: string, { name }: TrainingData): void {
  const [given, whole] = [network, canonicalNetworkName(network)]
    .map((text) => text.split(":")[0]?.toLowerCase());
  if (given === whole) return;
  throw new Error(
    `Expected imagenet-${network} or cifar-${network} for the photographs of ${name} but found "${network}", which may be either`,
  );
}

/** What makes a run again, if its network and its data set have names. */
export function specOfRun(
  { network, dataset, data = "auto", recipeName, preset, seed, changes }: {
    readonly network: Network | string;
    readonly dataset: TrainingData;
    /** The name that the data set was loaded by. */
    readonly data?: string;
    readonly recipeName: string;
    readonly preset: RunSpec["preset"];
    readonly seed: number;
    readonly changes: Partial<Recipe> | undefined;
  },
): RunSpec | undefined {
  // "auto" may be another one elsewhere.
  const name = data === "auto" ? dataName(dataset) : data;
  if (typeof network !== "string" || name === undefined) return undefined;
  return {
    network: canonicalNetworkName(network),
    recipe: recipeName,
    preset,
    data: name,
    seed,
    ...JSON.parse(JSON.stringify(changes ?? {})) as RecipeChanges,
  };
}
