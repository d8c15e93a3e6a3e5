/**
 * Our forward pass of an ImageNet ResNet in evaluation mode, in a process of its
 * own:
 *
 *     forward_worker.ts <mode> <index of the values to run with>
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../lib/backends/jit.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import {
  type ImageNetDepth,
  imageNetResNet,
} from "../../lib/networks/imagenet.ts";
import { Model } from "../../lib/networks/model.ts";
import { softmaxCrossEntropy } from "../../lib/ops/softmax_cross_entropy.ts";
import { readExchange } from "./exchange.ts";
import { processMemory } from "./memory.ts";
import { residentBatch } from "./resident_runner.ts";
import { type Runner, serveRunner } from "./serve_runner.ts";

async function main(mode: string, path: string): Promise<void> {
  const { engine, device } = await useBackend({
    name: "tensorflow",
    quiet: true,
  });
  const { resident: baseline } = processMemory();
  const { index, values } = await readExchange(path);
  const network = imageNetResNet({ depth: index.depth as ImageNetDepth });
  const model = new Model(network, values);
  const { images, labels } = residentBatch(values, network);
  values.clear();
  const pass = (images: tf.Tensor4D, labels: tf.Tensor1D) =>
    [softmaxCrossEntropy(model.logits(images), labels)] as const;
  const traced = jit(pass);
  const runner: Runner = mode === "eager"
    ? () => Promise.resolve(tf.tidy(() => pass(images, labels)[0]))
    : async () => (await traced(images, labels))[0];
  await serveRunner({ engine, device }, runner, baseline);
}

if (import.meta.main) {
  const [mode = "traced", path = ""] = Deno.args;
  await main(mode, path);
}
