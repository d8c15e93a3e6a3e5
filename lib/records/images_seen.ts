import type { RunRecord } from "./schema.ts";

/**
 * How long a run is: its training images, each counted as often as it is to be
 * seen.
 *
 * @example Mini-batches of all sizes compare
 * ```ts
 * import { imagesSeen } from "./images_seen.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const hyperparameters = { steps: 64_000, batchSize: 128 };
 * assertEquals(imagesSeen({ hyperparameters }), 8_192_000);
 * ```
 */
export function imagesSeen(
  { hyperparameters: { steps, batchSize } }: {
    readonly hyperparameters: Pick<
      RunRecord["hyperparameters"],
      "steps" | "batchSize"
    >;
  },
): number {
  return steps * batchSize;
}
