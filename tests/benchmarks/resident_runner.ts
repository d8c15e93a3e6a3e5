import * as tf from "@tensorflow/tfjs";
import { jit } from "../../lib/backends/jit.ts";
import type { Network } from "../../lib/networks/layer.ts";
import type { Model } from "../../lib/networks/model.ts";
import type { Recipe } from "../../lib/training/recipe.ts";
import type { OurMode } from "./contender.ts";
import { residentStep } from "./resident_step.ts";
import type { Runner } from "./serve_runner.ts";
import { stockStep } from "./stock_step.ts";

/** Steps on one mini-batch that stays where it is computed. */
export function residentRunner(
  model: Model,
  depth: number,
  recipe: Recipe,
  values: ReadonlyMap<string, Float32Array>,
  mode: Exclude<OurMode, "augmented">,
): Runner {
  const { images, labels } = residentBatch(values, model.network);
  const step = mode.startsWith("stock")
    ? stockStep(model, depth, recipe)
    : residentStep(model, recipe);
  if (mode === "eager" || mode.startsWith("stock")) {
    return () => Promise.resolve(tf.tidy(() => step(images, labels)[0]));
  }
  const traced = mode === "bfloat16"
    ? jit(step, { precision: "bfloat16" })
    : jit(step, { xla: mode === "xla" });
  return async () => (await traced(images, labels))[0];
}

/** The mini-batch that every contender reads. */
export function residentBatch(
  values: ReadonlyMap<string, Float32Array>,
  { input }: Network,
): { images: tf.Tensor4D; labels: tf.Tensor1D } {
  const pixels = values.get("images");
  const classes = values.get("labels");
  if (pixels === undefined || classes === undefined) {
    throw new Error("Expected images and labels among the values");
  }
  return {
    images: tf.tensor4d(pixels, [classes.length, ...input]),
    labels: tf.tensor1d(Int32Array.from(classes)),
  };
}
