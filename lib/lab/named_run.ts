import type { Dataset } from "../data/dataset.ts";
import type { Network } from "../networks/layer.ts";
import {
  canonicalNetworkName,
  networkByName,
} from "../networks/network_by_name.ts";
import type { RecipeChanges, RunSpec } from "../records/run_spec.ts";
import type { Recipe } from "../training/recipe.ts";

/** Data sets by the names that records call them by. */
const DATA: Readonly<Record<string, string>> = {
  "CIFAR-10": "cifar10",
  "CIFAR-100": "cifar100",
  "Fashion-MNIST": "fashionMnist",
};

/** The name that `loadDataset` knows a data set by. */
export function dataName({ name }: Pick<Dataset, "name">): string {
  return DATA[name] ?? name;
}

/**
 * The network of a name, or the one given, that reads a data set's images.
 *
 * @throws {Error} If it reads images of another size.
 */
export function networkFor(
  network: Network | string,
  dataset: Dataset,
): Network {
  const { height, width, channels, classes } = dataset;
  const found = typeof network === "string"
    ? networkByName(network, {
      ...{ height, width, channels },
      classes: classes.length,
    })
    : network;
  const images = [height, width, channels];
  if (found.input.join() === images.join()) return found;
  throw new Error(
    `Expected images of ${found.input.join("x")} for ${found.name} but found ${
      images.join("x")
    } in ${dataset.name}`,
  );
}

/** What makes a run again, if its network has a name. */
export function specOfRun(
  { network, dataset, recipeName, preset, seed, changes }: {
    readonly network: Network | string;
    readonly dataset: Dataset;
    readonly recipeName: string;
    readonly preset: RunSpec["preset"];
    readonly seed: number;
    readonly changes: Partial<Recipe> | undefined;
  },
): RunSpec | undefined {
  if (typeof network !== "string") return undefined;
  return {
    network: canonicalNetworkName(network),
    recipe: recipeName,
    preset,
    data: dataName(dataset),
    seed,
    ...JSON.parse(JSON.stringify(changes ?? {})) as RecipeChanges,
  };
}
