/**
 * Trains ResNet-20 at the paper's recipe and prints how it went as JSON:
 *
 *     train_worker.ts <steps> <batch size> <seconds>
 *
 * @module
 */
import { useBackend } from "../../lib/backends/use_backend.ts";
import { findCifar10, loadCifar10 } from "../../lib/data/cifar10.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { train } from "../../lib/training/train.ts";
import type { Trained } from "./train_paper_recipe.ts";

async function main(
  steps: number,
  batchSize: number,
  secondsBudget: number,
): Promise<void> {
  await useBackend({ name: "tensorflow", quiet: true });
  const dataset = await findCifar10()
    ? await loadCifar10()
    : syntheticImages({ trainCount: 5000, testCount: 1000 });
  const result = await train({
    network: cifarResNet({ depth: 20 }),
    dataset,
    recipe: paperRecipe({ steps, batchSize }),
    seed: 0,
    secondsBudget,
    pointEvery: Math.ceil(steps / 10),
    testImages: 1000,
    finalTestImages: steps < 1000 ? 200 : dataset.test.count,
    onProgress({ step, seconds, curves }) {
      const error = curves.test.at(-1)?.error ?? NaN;
      console.error(
        `step ${step} of ${steps}, ${seconds.toFixed(0)} s: test error ${
          error.toFixed(1)
        } %`,
      );
    },
  });
  const trained: Trained = {
    dataset: dataset.name,
    steps: result.steps,
    seconds: result.seconds,
    millisecondsPerStep: result.millisecondsPerStep,
    trainError: result.curves.train.at(-1)?.error ?? NaN,
    testError: result.final.error,
    testImages: result.final.images,
    stoppedBy: result.stoppedBy,
  };
  console.log(JSON.stringify(trained));
}

if (import.meta.main) {
  const [steps = 0, batchSize = 128, seconds = 60] = Deno.args.map(Number);
  await main(steps, batchSize, seconds);
}
