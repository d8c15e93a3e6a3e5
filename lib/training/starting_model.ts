import { equal } from "@std/assert";
import {
  heNormal,
  type Initialiser,
  standardUniform,
  xavierUniform,
} from "../networks/initialisers.ts";
import { build, Model } from "../networks/model.ts";
import type { InitialiserName } from "./recipe.ts";
import type { TrainOptions } from "./train.ts";

/** Initialisers by the names that recipes call them by. */
const INITIALISERS: Readonly<
  Record<InitialiserName, () => Initialiser>
> = { he: heNormal, xavier: xavierUniform, standard: standardUniform };

/**
 * A new network, or a copy of the one to go on from.
 *
 * @throws {Error} If that one is of another description.
 */
export async function startingModel(
  { network, seed, model, recipe }: TrainOptions,
): Promise<Model> {
  if (model === undefined) {
    const initialiser = INITIALISERS[recipe.initialiser ?? "he"]();
    return build(network, { seed, initialiser });
  }
  if (!equal(model.network, network)) {
    throw new Error(
      `Expected the model to go on from to be a ${network.name} of the same description but found ${model.network.name}`,
    );
  }
  return new Model(network, await model.values());
}
