import type { StoredTensor } from "../weights/stored_tensor.ts";
import type { RunProgress } from "./schema.ts";

export type { RunIdentity, RunProgress } from "./schema.ts";

/** A run at one step: all that it takes to go on from there bit for bit. */
export interface Checkpoint {
  readonly progress: RunProgress;
  /**
   * Weights, running statistics and velocities. Neither the order of the images
   * nor random numbers are among them: both follow from the seed and the step.
   */
  readonly tensors: readonly StoredTensor[];
}
