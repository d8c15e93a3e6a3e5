import * as tf from "@tensorflow/tfjs";
import type { RunIdentity } from "../checkpoints/schema.ts";
import { checkInteger } from "../data/check_integer.ts";
import { sha256 } from "../data/hash.ts";
import { fingerprint } from "./fingerprint.ts";
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
  return {
    network: network.name,
    description: hashOf(network),
    data: dataset.checksum,
    seed,
    backend: tf.getBackend(),
    recipe: JSON.parse(JSON.stringify({ ...recipe, ...pointsOf(options) })),
    ...model && { startsFrom: await fingerprint(model) },
  };
}

/**
 * A checksum of a run's identity, whatever backend computes it: two runs of one
 * checksum are the same run.
 */
export function identityChecksum(identity: RunIdentity): string {
  const { backend: _, ...rest } = identity;
  return `sha256:${hashOf(rest)}`;
}

/** Of a value's JSON, whatever the order of its fields. */
function hashOf(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_, part) =>
      typeof part === "object" && part !== null && !Array.isArray(part)
        ? Object.fromEntries(
          Object.entries(part).toSorted(([a], [b]) => a < b ? -1 : 1),
        )
        : part,
  );
  return sha256(new TextEncoder().encode(text));
}
