import { countMultiplyAdds } from "../networks/count.ts";
import type { Network } from "../networks/layer.ts";
import type { Recipe } from "../training/recipe.ts";

/** Steps that were timed. */
export interface TimedSteps {
  readonly network: Network;
  /** Images in a mini-batch. */
  readonly batchSize: number;
  /** Median time of a step. */
  readonly millisecondsPerStep: number;
}

/**
 * How long a training will take on the machine on which other steps were timed,
 * if time goes with the multiply-adds. Where the timed mini-batches are small
 * the true time is less: large ones use a machine better, above all a GPU.
 *
 * @returns Seconds, evaluations left out.
 *
 * @example Ten steps of twice the images
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { paperRecipe } from "../training/recipe.ts";
 * import { expectedSeconds } from "./expected_seconds.ts";
 *
 * const network = cifarResNet({ depth: 20 });
 * const timed = { network, batchSize: 32, millisecondsPerStep: 100 };
 * const recipe = paperRecipe({ steps: 10, batchSize: 64 });
 * assertEquals(expectedSeconds(timed, network, recipe), 2);
 * ```
 */
export function expectedSeconds(
  timed: TimedSteps,
  network: Network,
  { steps, batchSize }: Pick<Recipe, "steps" | "batchSize">,
): number {
  const work = countMultiplyAdds(network) / countMultiplyAdds(timed.network);
  const images = batchSize / timed.batchSize;
  return steps * images * work * timed.millisecondsPerStep / 1000;
}
