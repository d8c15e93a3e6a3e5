import * as tf from "@tensorflow/tfjs";
import type { Attribute } from "../backends/tensorflow/attributes.ts";
import {
  activeTensorFlow,
  type TensorFlowBackend,
} from "../backends/tensorflow/backend.ts";

/**
 * The backend that decodes images.
 *
 * @throws {Error} If it is not the one in use.
 */
export function decodingBackend(): TensorFlowBackend {
  const backend = activeTensorFlow();
  if (backend !== undefined) return backend;
  throw new Error(
    `Expected the backend "tensorflow", which decodes images, but found "${tf.getBackend()}": run \`deno task setup\` for TensorFlow's library`,
  );
}

/**
 * Runs a TensorFlow op of one output on another thread; the event loop goes on
 * meanwhile. The caller disposes of the output.
 */
export async function runOp(
  { engine, kernels }: TensorFlowBackend,
  name: string,
  attributes: readonly Attribute[],
  inputs: readonly tf.Tensor[],
): Promise<tf.Tensor> {
  const [id] = await engine.runNonblocking(
    name,
    attributes,
    kernels.getInputTensorIds(inputs).map((id) => engine.eager(id)),
    1,
  );
  if (id === undefined) throw new Error(`${name} gave no output`);
  return kernels.createOutputTensor({ ...engine.get(id), id });
}
