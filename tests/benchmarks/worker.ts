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
import { serve } from "./serve.ts";
import { useStockBackend } from "./stock_step.ts";

/** Makes one step after another; gives the loss, which nobody has read yet. */
export type Runner = () => Promise<tf.Scalar>;

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

  await serve({
    ready: { engine: `${engine} under tfjs ${tf.version_core}`, device },
    async run(steps) {
      const started = performance.now();
      const losses: tf.Scalar[] = [];
      for (let i = 0; i < steps; i++) losses.push(await runner());
      // On a GPU only a value that is read tells that the work is done.
      const read = await Promise.all(losses.map((loss) => loss.data()));
      const milliseconds = (performance.now() - started) / steps;
      tf.dispose(losses);
      return { milliseconds, losses: read.map(([loss = NaN]) => loss) };
    },
    memory: () => ({ baseline, peak: processMemory().peak }),
  });
}

if (import.meta.main) {
  const [mode = "traced", path = ""] = Deno.args;
  await main(mode as OurMode, path);
}
