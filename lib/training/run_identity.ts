import * as tf from "@tensorflow/tfjs";
import type { RunIdentity } from "../checkpoints/schema.ts";
import { checkInteger } from "../data/check_integer.ts";
import { jsonChecksum } from "../data/json_checksum.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Recipe } from "./recipe.ts";
import type { TrainOptions } from "./train.ts";

/**
 * How often the curves have a point, and of how many test images.
 *
 * @throws {RangeError} If one of them is not an integer greater than 0.
 */
export function pointsOf(
  { recipe, dataset, ...options }: Pick<
    TrainOptions,
    "recipe" | "dataset" | "pointEvery" | "testImages"
  >,
): { pointEvery: number; testImages: number } {
  const { pointEvery = Math.ceil(recipe.steps / 40), testImages = 1000 } =
    options;
  checkInteger(pointEvery, "pointEvery", 1);
  checkInteger(testImages, "testImages", 1);
  return { pointEvery, testImages: Math.min(testImages, dataset.test.count) };
}

/** What a run is, as far as its numbers depend on it. */
export async function runIdentity(
  options: Pick<
    TrainOptions,
    | "network"
    | "dataset"
    | "seed"
    | "recipe"
    | "model"
    | "pointEvery"
    | "testImages"
  >,
): Promise<RunIdentity> {
  const { network, dataset, seed, recipe, model } = options;
  const settings = { ...withoutDefaults(recipe), ...pointsOf(options) };
  return {
    network: network.name,
    description: jsonChecksum(network),
    data: dataset.checksum,
    seed,
    backend: tf.getBackend(),
    recipe: JSON.parse(JSON.stringify(settings)),
    ...model && { startsFrom: await fingerprint(model) },
  };
}

/** A setting that is the default one is the same run as none. */
function withoutDefaults(recipe: Recipe): Recipe {
  const { validationImages, augmentation, initialiser, precision, ...rest } =
    recipe;
  return {
    ...rest,
    ...validationImages && { validationImages },
    ...augmentation === "none" && { augmentation },
    ...initialiser && initialiser !== "he" && { initialiser },
    ...precision && precision !== "float32" && { precision },
  };
}

/**
 * A checksum of a run's identity, whatever backend computes it: two runs of one
 * checksum are the same run.
 */
export function identityChecksum(identity: RunIdentity): string {
  const { backend: _, ...rest } = identity;
  return `sha256:${jsonChecksum(rest)}`;
}
