/**
 * How much of a training loop's time passes inside TensorFlow, in a process of
 * its own; prints it as JSON:
 *
 *     loop_worker.ts <layers, 6n + 2> <batch size> <steps>
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { registerTensorFlow } from "../../lib/backends/tensorflow/backend.ts";
import {
  type Library,
  openLibrary,
} from "../../lib/backends/tensorflow/library.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { train } from "../../lib/training/train.ts";
import type { LoopMeasured } from "./bench_loop.ts";

/** The calls that run ops, or wait for what they give. */
const COMPUTING = [
  "TFE_Execute",
  "TFE_ExecuteNonblocking",
  "TFE_TensorHandleResolve",
];

/** Steps before the clock runs: the first one traces. */
const WARM_UP_STEPS = 5;

/** Opens the library and adds up the time spent in it. */
function timedLibrary(): { library: Library; milliseconds: () => number } {
  const library = openLibrary();
  const symbols: Record<string, unknown> = { ...library.symbols };
  let milliseconds = 0;
  for (const name of COMPUTING) {
    const call = symbols[name] as (...values: unknown[]) => unknown;
    symbols[name] = (...values: unknown[]) => {
      const started = performance.now();
      const done = () => milliseconds += performance.now() - started;
      const result = call(...values);
      if (result instanceof Promise) return result.finally(done);
      done();
      return result;
    };
  }
  return {
    library: { ...library, symbols: symbols as Library["symbols"] },
    milliseconds: () => milliseconds,
  };
}

async function main(
  depth: number,
  batchSize: number,
  steps: number,
): Promise<void> {
  const { library, milliseconds } = timedLibrary();
  await registerTensorFlow(library);
  const { engine } = await useBackend({ name: "tensorflow", quiet: true });
  const now = () => ({ wall: performance.now(), inside: milliseconds() });
  let [begin, end] = [now(), now()];
  const { model } = await train({
    network: cifarResNet({ depth }),
    dataset: syntheticImages({ trainCount: 2048, testCount: batchSize }),
    recipe: paperRecipe({ steps: steps + WARM_UP_STEPS, batchSize }),
    seed: 0,
    // No evaluation between steps.
    pointEvery: steps + WARM_UP_STEPS,
    onStep(step) {
      if (step <= WARM_UP_STEPS) begin = now();
      end = now();
    },
  });
  model.dispose();
  const measured: LoopMeasured = {
    engine: `${engine} under tfjs ${tf.version_core}`,
    steps,
    wallMilliseconds: end.wall - begin.wall,
    insideMilliseconds: end.inside - begin.inside,
  };
  console.log(JSON.stringify(measured));
}

if (import.meta.main) {
  const [depth = NaN, batchSize = NaN, steps = NaN] = Deno.args.map(Number);
  await main(depth, batchSize, steps);
}
