/**
 * One of our ways to run the training step, in a process of its own:
 *
 *     worker.ts <mode> <index of the values to start from>
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { registerTensorFlow } from "../../lib/backends/tensorflow/backend.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { Model } from "../../lib/networks/model.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { augmentedRunner } from "./augmented_runner.ts";
import type { OurMode } from "./contender.ts";
import { readExchange } from "./exchange.ts";
import { processMemory } from "./memory.ts";
import { residentRunner } from "./resident_runner.ts";
import { serveRunner } from "./serve_runner.ts";
import { useStockBackend } from "./stock_step.ts";

async function main(mode: OurMode, path: string): Promise<void> {
  const { engine, device } = await useBackend({
    name: "tensorflow",
    quiet: true,
  });
  if (mode.startsWith("stock")) {
    await useStockBackend(await registerTensorFlow());
  }
  tf.tidy(() => tf.ones([8, 8]).matMul(tf.ones([8, 8])).dataSync());
  const { resident: baseline } = processMemory();

  const { index, values } = await readExchange(path);
  const { depth, batchSize } = index;
  const model = new Model(cifarResNet({ depth }), values);
  const recipe = paperRecipe({ steps: 64000, batchSize });
  const runner = mode === "augmented"
    ? augmentedRunner(model, recipe)
    : residentRunner(model, depth, recipe, values, mode);

  await serveRunner({ engine, device }, runner, baseline);
}

if (import.meta.main) {
  const [mode = "traced", path = ""] = Deno.args;
  await main(mode as OurMode, path);
}
