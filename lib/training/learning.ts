import type * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import type { Evaluator } from "./evaluate.ts";
import type { Recipe } from "./recipe.ts";
import type { Steps } from "./run_steps.ts";

/** How a network learns. */
export interface HowToLearn {
  readonly model: Model;
  readonly recipe: Recipe;
  /** Draws the order of the images, what is done to them, and dropout. */
  readonly seed: number;
}

/** What a network learns from and is judged by, made ready on the backend. */
export interface Learning {
  /** All that a step changes, by name. */
  readonly state: ReadonlyMap<string, tf.Variable>;
  /**
   * Files that could not be decoded and were left out, so far, by their places
   * below the data set's folder; a run that goes on adds those from before.
   */
  readonly leftOut?: Set<string>;
  /** Judges on the test images. */
  readonly judge: Evaluator;
  /** Judges on the images set aside, if there are some. */
  readonly chooser: Evaluator | undefined;
  /**
   * Makes the updates.
   *
   * @param start Number of the first. Default 0.
   */
  readonly stepperFrom: (start?: number) => Steps;
}

/** What is to be freed, the last first. */
export type Disposables = { dispose(): void | Promise<void> }[];

/** Puts something among what is to be freed. */
export function kept<T extends Disposables[number]>(
  resource: T,
  used: Disposables,
): T {
  used.push(resource);
  return resource;
}
