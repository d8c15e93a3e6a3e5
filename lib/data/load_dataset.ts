import { findCifar10, loadCifar10 } from "./cifar10.ts";
import { type Cifar100Options, loadCifar100 } from "./cifar100.ts";
import type { Dataset } from "./dataset.ts";
import { type FashionMnistOptions, loadFashionMnist } from "./fashion_mnist.ts";
import {
  loadImageFolder,
  type LoadImageFolderOptions,
} from "../images/load_image_folder.ts";
import { syntheticImages, type SyntheticOptions } from "./synthetic.ts";

/**
 * The data sets by name; `folder:photographs` is the images in that folder (see
 * {@linkcode loadImageFolder}), `auto` takes the best one at hand.
 */
export type DatasetName =
  | "cifar10"
  | "cifar100"
  | "fashionMnist"
  | "synthetic"
  | `folder:${string}`
  | "auto";

/**
 * All that training can be on: `imagenet:photographs` is the images in that
 * folder, read while a network trains (see {@linkcode streamImageFolder}).
 */
export type TrainingDataName = DatasetName | `imagenet:${string}`;

/** Options of {@linkcode loadDataset}; each data set takes its own. */
export interface DatasetOptions
  extends
    Cifar100Options,
    FashionMnistOptions,
    SyntheticOptions,
    LoadImageFolderOptions {}

/**
 * Loads a data set by its name.
 *
 * `auto` is CIFAR-10 if it is at hand, in a folder named or in the cache, and
 * else Fashion-MNIST: it never starts CIFAR-10's long download. The data set's
 * `source` says which it is and why.
 *
 * @param name Which data set.
 * @param options Options of the data sets.
 * @returns The data set.
 * @throws {Error} If it can't be loaded, or the name is none.
 *
 * @example Usage
 * ```ts
 * import { loadDataset } from "./load_dataset.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const dataset = await loadDataset("synthetic", { trainCount: 20 });
 * assertEquals(dataset.train.count, 20);
 * ```
 */
export async function loadDataset(
  name: DatasetName,
  options: DatasetOptions = {},
): Promise<Dataset> {
  if (isFolder(name)) {
    return await loadImageFolder(name.slice(FOLDER.length), options);
  }
  if (streamedFolder(name) !== undefined) {
    throw new TypeError(
      `Expected a data set that memory holds but found ${name}: streamImageFolder() lists those that are read while a network trains`,
    );
  }
  switch (name) {
    case "cifar10":
      return await loadCifar10(options);
    case "cifar100":
      return await loadCifar100(options);
    case "fashionMnist":
      return await loadFashionMnist(options);
    case "synthetic":
      return syntheticImages(options);
    case "auto":
      return await loadBestAtHand(options);
    default:
      throw new TypeError(notAName(name satisfies never));
  }
}

const NAMES: readonly string[] = [
  "cifar10",
  "cifar100",
  "fashionMnist",
  "synthetic",
  "auto",
];

/**
 * The name of what training is on, from where it may be none, such as a command
 * line; whether the data set can be loaded is not looked at.
 *
 * @throws {TypeError} If it is none.
 *
 * @example Usage
 * ```ts
 * import { datasetName } from "./load_dataset.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(datasetName("cifar10"), "cifar10");
 * assertThrows(() => datasetName("cifra10"), TypeError);
 * ```
 */
export function datasetName(name: string): TrainingDataName {
  if (NAMES.includes(name)) return name as DatasetName;
  if (isFolder(name) && name.length > FOLDER.length) return name;
  if (streamedFolder(name)) return name as TrainingDataName;
  throw new TypeError(notAName(name, "imagenet:PATH"));
}

function notAName(name: string, ...others: string[]): string {
  const names = [...NAMES.slice(0, -1), "folder:PATH", ...others].join(", ");
  return `Expected name to be ${names} or auto but found ${name}`;
}

const FOLDER = "folder:";

const STREAM = "imagenet:";

/**
 * The folder that `imagenet:PATH` names, whose images are read while a network
 * trains; `undefined` if a name is another one.
 */
export function streamedFolder(name: string): string | undefined {
  return name.startsWith(STREAM) ? name.slice(STREAM.length) : undefined;
}

function isFolder(name: string): name is `folder:${string}` {
  return name.startsWith(FOLDER);
}

async function loadBestAtHand(options: DatasetOptions): Promise<Dataset> {
  if (await findCifar10(options)) return await loadCifar10(options);
  const dataset = await loadFashionMnist(options);
  return {
    ...dataset,
    source: `${dataset.source}; taken because no CIFAR-10 is at hand: ` +
      'CIFAR10_DIR names no folder and none is in the cache, and loading "cifar10" would download 170 MB',
  };
}
