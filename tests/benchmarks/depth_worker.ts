/**
 * Tracing, first call, step and memory of a network of one depth, in a process
 * of its own; prints them as JSON:
 *
 *     depth_worker.ts <index of the values to start from> <steps>
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { registerTensorFlow } from "../../lib/backends/tensorflow/backend.ts";
import { traceFunction } from "../../lib/backends/tensorflow/traced_function.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { Model } from "../../lib/networks/model.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import type { DepthMeasured } from "./bench_depth.ts";
import { readExchange } from "./exchange.ts";
import { processMemory } from "./memory.ts";
import { residentBatch } from "./resident_runner.ts";
import { residentStep } from "./resident_step.ts";
import { median } from "./statistics.ts";

async function main(path: string, steps: number): Promise<void> {
  const { engine } = await useBackend({ name: "tensorflow", quiet: true });
  const backend = await registerTensorFlow();
  tf.tidy(() => tf.ones([8, 8]).matMul(tf.ones([8, 8])).dataSync());
  const { resident } = processMemory();
  const { index, values } = await readExchange(path);
  const { depth, batchSize } = index;
  const model = new Model(cifarResNet({ depth }), values);
  const { images, labels } = residentBatch(values, model.network);
  const step = residentStep(model, paperRecipe({ steps: 64000, batchSize }));

  const beforeTrace = performance.now();
  const traced = traceFunction(
    backend,
    (images, labels) => [...step(images as tf.Tensor4D, labels as tf.Tensor1D)],
    [images, labels],
    { xla: false },
  );
  const traceMilliseconds = performance.now() - beforeTrace;
  const times: number[] = [];
  for (let i = 0; i <= steps; i++) {
    const started = performance.now();
    const [loss] = await traced.call([images, labels]);
    await loss?.data();
    loss?.dispose();
    times.push(performance.now() - started);
  }
  const [firstMilliseconds = NaN, ...rest] = times;
  const measured: DepthMeasured = {
    engine: `${engine} under tfjs ${tf.version_core}`,
    layers: depth,
    nodes: traced.nodes,
    traceMilliseconds,
    firstMilliseconds,
    stepMilliseconds: median(rest),
    addedBytes: processMemory().peak - resident,
  };
  console.log(JSON.stringify(measured));
}

if (import.meta.main) {
  const [path = "", steps = "3"] = Deno.args;
  await main(path, Number(steps));
}
