import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../lib/backends/jit.ts";
import { registerTensorFlow } from "../../lib/backends/tensorflow/backend.ts";
import { readBuffer } from "../../lib/backends/tensorflow/op_definition.ts";
import { Trace } from "../../lib/backends/tensorflow/trace.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { build } from "../../lib/networks/model.ts";
import { batch, trainingStep } from "./training_step.ts";

const { engine } = await registerTensorFlow();
await tf.setBackend("tensorflow");

Deno.test("jit() bakes nothing of an activation's size into the graph", async () => {
  const sizes: number[] = [];
  const { disposeNonblocking } = Trace.prototype;
  const seen = new Set<Trace>();
  // At a function's first call its graph is there for the last time.
  Trace.prototype.disposeNonblocking = function () {
    if (!seen.has(this)) sizes.push(graphBytes(this));
    seen.add(this);
    return disposeNonblocking.call(this);
  };
  const model = build(cifarResNet({ depth: 20 }), { seed: 0 });
  try {
    const [images, labels] = batch(64);
    const training = trainingStep(model);
    const run = jit(training.step);
    tf.dispose([...await run(images, labels)]);
    run.dispose();
    training.dispose();
    // Ones in JavaScript become Fill, other large values an input.
    const noise = Float32Array.from({ length: 1e6 }, (_, i) => i);
    const bake = jit((x: tf.Tensor) => [
      x.add(tf.ones([1000, 1000])).sum(),
      x.add(tf.tensor2d(noise, [1000, 1000])).sum(),
    ]);
    const [ones] = await bake(tf.scalar(0));
    assertEquals(ones!.dataSync()[0], 1e6);
    bake.dispose();
  } finally {
    Trace.prototype.disposeNonblocking = disposeNonblocking;
    model.dispose();
  }
  assertEquals(sizes.length, 2);
  const activation = 64 * 32 * 32 * 16 * 4;
  assert(sizes[0]! < activation / 4, `the graph has ${sizes[0]} bytes`);
  assert(sizes[1]! < 10000, `the graph has ${sizes[1]} bytes`);
});

function graphBytes({ graph }: Trace): number {
  const { symbols, status } = engine.library;
  const buffer = symbols.TF_NewBuffer()!;
  symbols.TF_GraphToGraphDef(graph, buffer, status);
  const { length } = readBuffer(buffer);
  symbols.TF_DeleteBuffer(buffer);
  return length;
}
