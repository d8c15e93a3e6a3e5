/**
 * Tracing, first call, step and memory of a network of one depth, in a process
 * of its own; prints them as JSON:
 *
 *     depth_worker.ts <family> <index of the values to start from> <steps>
 *
 * The families are those of DEPTH_FAMILIES.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { registerTensorFlow } from "../../lib/backends/tensorflow/backend.ts";
import { traceFunction } from "../../lib/backends/tensorflow/traced_function.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { Model } from "../../lib/networks/model.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { DEPTH_FAMILIES, type DepthFamily } from "./depth_family.ts";
import { readExchange } from "./exchange.ts";
import type { DepthMeasured } from "./measure_depths.ts";
import { processMemory } from "./memory.ts";
import { residentBatch } from "./resident_runner.ts";
import { residentStep } from "./resident_step.ts";
import { median } from "./statistics.ts";

async function main(
  family: DepthFamily,
  path: string,
  steps: number,
): Promise<void> {
  const { engine } = await useBackend({ name: "tensorflow", quiet: true });
  const backend = await registerTensorFlow();
  tf.tidy(() => tf.ones([8, 8]).matMul(tf.ones([8, 8])).dataSync());
  const { resident } = processMemory();
  const { index, values } = await readExchange(path);
  const { depth, batchSize } = index;
  const model = new Model(DEPTH_FAMILIES[family](depth), values);
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
  const { peak } = processMemory();
  const measured: DepthMeasured = {
    engine: `${engine} under tfjs ${tf.version_core}`,
    layers: depth,
    nodes: traced.nodes,
    traceMilliseconds,
    firstMilliseconds,
    stepMilliseconds: median(rest),
    peakBytes: peak,
    addedBytes: peak - resident,
  };
  console.log(JSON.stringify(measured));
}

if (import.meta.main) {
  const [family, path = "", steps = "3"] = Deno.args;
  await main(family as DepthFamily, path, Number(steps));
}
