import * as tf from "@tensorflow/tfjs";
import { processMemory } from "./memory.ts";
import type { Ready } from "./protocol.ts";
import { serve } from "./serve.ts";

/** Makes one step after another; gives the loss, which nobody has read yet. */
export type Runner = () => Promise<tf.Scalar>;

/**
 * Answers requests for steps until there are no more.
 *
 * @param about What computes, on what.
 * @param baseline Bytes in use before there was a network.
 */
export async function serveRunner(
  { engine, device }: Ready,
  runner: Runner,
  baseline: number,
): Promise<void> {
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
